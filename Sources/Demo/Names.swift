/// A name, and how it is written in an address.
struct SpelledName {
    let text: String
    let latin: String
}

/// Lists of names, weighted by how common they are.
struct Names {
    /// Chinese surnames; weights are per 10,000 people, after the order of the national surname reports.
    let chineseSurnames = parse(
        """
        王 wang 725 李 li 719 张 zhang 683 刘 liu 538 陈 chen 453 杨 yang 308 赵 zhao 229 黄 huang 223 周 zhou 212
        吴 wu 205 徐 xu 166 孙 sun 154 胡 hu 131 朱 zhu 128 高 gao 121 林 lin 118 何 he 117 郭 guo 115 马 ma 110
        罗 luo 86 梁 liang 84 宋 song 81 郑 zheng 78 谢 xie 72 韩 han 68 唐 tang 65 冯 feng 64 于 yu 62 董 dong 61
        萧 xiao 59 程 cheng 57 曹 cao 57 袁 yuan 54 邓 deng 54 许 xu 54 傅 fu 51 沈 shen 50 曾 zeng 50 彭 peng 49
        吕 lv 47 苏 su 46 卢 lu 46 蒋 jiang 46 蔡 cai 45 贾 jia 42 丁 ding 42 魏 wei 42 薛 xue 42 叶 ye 41
        阎 yan 41 余 yu 40 潘 pan 40 杜 du 39 戴 dai 38 夏 xia 38 钟 zhong 38 汪 wang 37 田 tian 37 任 ren 36
        姜 jiang 36 范 fan 35 方 fang 35 石 shi 33 姚 yao 32 谭 tan 32 廖 liao 31 邹 zou 30 熊 xiong 29 金 jin 29
        欧阳 ouyang 7 上官 shangguan 1 诸葛 zhuge 1
        """)
    /// Given names of Chinese women.
    let chineseWomen = parse(
        """
        芳 fang 60 娜 na 58 敏 min 58 静 jing 57 丽 li 55 婷 ting 48 燕 yan 44 雪 xue 38 玲 ling 38 艳 yan 36
        娟 juan 34 霞 xia 30 秀英 xiuying 22 秀兰 xiulan 16 桂英 guiying 12 丽娟 lijuan 16 婷婷 tingting 26
        欣怡 xinyi 30 梓涵 zihan 28 诗涵 shihan 24 雨桐 yutong 22 佳怡 jiayi 24 子涵 zihan 20 思雨 siyu 18
        晓燕 xiaoyan 16 海燕 haiyan 16 雅静 yajing 12 梦瑶 mengyao 16 雨欣 yuxin 18 可馨 kexin 14 慧敏 huimin 14
        晓丽 xiaoli 14 文静 wenjing 16 春梅 chunmei 12 玉兰 yulan 10 明月 mingyue 8 佳琪 jiaqi 16 若曦 ruoxi 12
        倩 qian 26 颖 ying 26 洁 jie 24 莉 li 24 萍 ping 22 红 hong 26 梅 mei 18 晶 jing 16 琳 lin 24 璐 lu 18
        """)
    /// Given names of Chinese men.
    let chineseMen = parse(
        """
        伟 wei 66 强 qiang 56 磊 lei 56 军 jun 54 洋 yang 44 勇 yong 50 杰 jie 46 涛 tao 46 超 chao 42 明 ming 44
        刚 gang 34 平 ping 28 辉 hui 32 鹏 peng 36 华 hua 28 飞 fei 30 斌 bin 30 波 bo 26 宇 yu 24 浩 hao 28
        浩然 haoran 26 子轩 zixuan 24 宇轩 yuxuan 24 梓豪 zihao 18 俊杰 junjie 26 建国 jianguo 18 建华 jianhua 20
        志强 zhiqiang 22 志伟 zhiwei 20 文博 wenbo 14 浩宇 haoyu 22 一鸣 yiming 14 天佑 tianyou 10 晓明 xiaoming 14
        国强 guoqiang 16 海涛 haitao 16 建军 jianjun 18 家豪 jiahao 18 思远 siyuan 12 博文 bowen 14 嘉诚 jiacheng 10
        龙 long 20 凯 kai 24 峰 feng 26 毅 yi 16 旭 xu 14 亮 liang 20 东 dong 18 晨 chen 18 帅 shuai 18
        """)
    /// English surnames.
    let englishSurnames = parse(
        """
        Smith smith 90 Johnson johnson 70 Williams williams 60 Brown brown 58 Jones jones 56 Taylor taylor 44
        Wilson wilson 38 Davis davis 36 Evans evans 24 Thomas thomas 30 Roberts roberts 24 Walker walker 24
        Wright wright 24 Robinson robinson 24 Thompson thompson 26 White white 26 Hughes hughes 18 Green green 20
        Hall hall 20 Clark clark 20 Lewis lewis 18 Harris harris 18 Wood wood 16 Patel patel 18 Khan khan 14
        Murphy murphy 14 O'Brien obrien 8 Kelly kelly 14 Tan tan 22 Lim lim 18 Lee lee 30 Ng ng 12 Singh singh 16
        Cooper cooper 12 Bennett bennett 10 Fraser fraser 8 Campbell campbell 12 Garcia garcia 18 Nguyen nguyen 12
        """)
    /// Given names of English-speaking women.
    let englishWomen = parse(
        """
        Emma emma 40 Olivia olivia 40 Sarah sarah 36 Emily emily 34 Jessica jessica 34 Laura laura 26 Amy amy 24
        Charlotte charlotte 26 Sophie sophie 24 Grace grace 22 Hannah hannah 22 Rachel rachel 20 Chloe chloe 18
        Lucy lucy 18 Rebecca rebecca 18 Megan megan 14 Zoë zoe 8 Renée renee 6 Priya priya 10 Mei mei 10 Karen karen 14
        """)
    /// Given names of English-speaking men.
    let englishMen = parse(
        """
        James james 44 John john 36 David david 38 Michael michael 38 Daniel daniel 34 Oliver oliver 28 Jack jack 28
        Thomas thomas 28 William william 28 Harry harry 20 George george 20 Matthew matthew 24 Andrew andrew 22
        Ryan ryan 18 Liam liam 18 Noah noah 18 Samuel samuel 16 Arjun arjun 8 Wei wei 8 Seán sean 6 Peter peter 16
        """)
    /// The colleagues in sales; a few have most of the customers.
    let colleagues = Weighted<String?>([
        ("张经理", 26), ("李娜", 19), ("王磊", 14), ("陈静", 11), ("刘洋", 8), ("赵敏", 6), ("周凯", 4),
        ("Emma Clark", 3), (nil, 9),
    ])
    /// Words that Chinese companies are called after.
    let chineseCompanies = ["云杉", "远山", "启明", "和光", "清源", "北辰", "青禾", "星河", "长风", "锦程", "月湖", "海棠"]
    /// Words that English companies are called after.
    let englishCompanies = [
        "Larch", "Harbour", "Northgate", "Bluebell", "Foxglove", "Kestrel", "Millstone", "Juniper",
    ]
    /// Industries: in Chinese, in English, and how a company of it ends.
    let industries: [(chinese: String, english: String, ending: String)] = [
        ("零售", "retail", "商贸"), ("教育", "education", "教育科技"), ("制造", "manufacturing", "制造"),
        ("物流", "logistics", "物流"), ("餐饮", "catering", "餐饮管理"), ("软件", "software", "信息技术"),
        ("医疗", "health care", "医疗科技"), ("旅游", "travel", "旅行社"), ("体育", "sports", "体育文化"),
    ]

    private static func parse(_ list: String) -> Weighted<SpelledName> {
        let words = list.split { $0 == " " || $0 == "\n" }.map(String.init)
        return Weighted(
            stride(from: 0, to: words.count - 2, by: 3).map { index in
                (SpelledName(text: words[index], latin: words[index + 1]), Int(words[index + 2]) ?? 0)
            })
    }
}
