internal import Basics

/// A product of the shop.
struct Product {
    let id: Int64
    let sku: String
    let name: String
    let category: Int
    let brand: String
    /// Minor units.
    let price: Int64
    let isActive: Bool
    let url: String
}

/// The 208 products of the shop, the same for every seed.
struct Shop {
    /// The categories, as `events.category` and `interests.interest` name them.
    let categories = ["outdoor", "shoes", "running", "yoga", "camping", "kids", "electronics", "home"]
    /// The categories by how often a customer without interests buys from them.
    let popularCategories = Weighted([(0, 24), (1, 22), (2, 16), (3, 9), (4, 11), (5, 7), (6, 8), (7, 6)])
    /// All products; the id of each is its index and 1.
    let products: [Product]
    /// The products of each category, a few of which sell far better than the rest.
    let popular: [Weighted<Int>]

    /// The shop.
    init() {
        var products: [Product] = []
        var popular: [Weighted<Int>] = []
        for (category, list) in Self.ranges.enumerated() {
            var choices: [(Int, Int)] = []
            let words = list.split { $0 == "," || $0 == "\n" }.map(String.init)
            for (rank, index) in stride(from: 0, to: words.count - 1, by: 2).enumerated() {
                // Two makes of each: the plain one sells more.
                for make in 0..<2 {
                    choices.append((products.count, 10_000 / (rank + 1 + 4 * make)))
                    products.append(
                        Self.product(
                            number: products.count, name: words[index], category: category, make: make,
                            price: Int64(words[index + 1]) ?? 99))
                }
            }
            popular.append(Weighted(choices))
        }
        self.products = products
        self.popular = popular
    }

    private static func product(number: Int, name: String, category: Int, make: Int, price: Int64) -> Product
    {
        let brands = ["山屿", "云行", "Northleaf", "拾光", "Tidewalk", "青野", "Larkspur", "小满"]
        let sku = "SKU-\(digits(number + 1, 4))"
        let isLatin = name.utf8.first.map { $0 < 0x80 } ?? false
        let better = isLatin ? " Pro" : " 升级款"
        return Product(
            id: Int64(number + 1), sku: sku, name: make == 0 ? name : name + better, category: category,
            brand: brands[(number * 5 + category) % brands.count],
            price: make == 0 ? price * 100 : (price * 155 / 100 / 10 * 10 + 9) * 100,
            // Some are no longer sold; old orders still name them.
            isActive: number % 23 != 22, url: "https://shop.example.com/p/\(sku)")
    }

    /// Per category: name, price in yuan, from the best-seller down.
    private static let ranges = [
        """
        轻量冲锋衣,599,速干长裤,259,登山包 30 升,429,折叠登山杖,139,羊毛徒步袜,59,抓绒外套,329,防晒皮肤衣,199,Trekking Poles,229,
        软壳手套,99,硬壳冲锋衣,1299,羽绒服,999,遮阳帽,79,Rain Cover,49
        """,
        """
        日常跑鞋,399,徒步鞋,529,帆布鞋,169,溯溪鞋,259,Trail Shoes,699,凉鞋,149,防水登山靴,899,休闲板鞋,239,训练鞋,349,
        雪地靴,459,鞋垫,39,Wide Fit Sneakers,319,儿童运动鞋,199
        """,
        """
        速干 T 恤,89,跑步短裤,119,跑步腰包,69,压缩袜,79,Running Cap,79,心率臂带,269,反光背心,99,碳板竞速鞋,1099,
        能量胶 12 支,129,臂包,45,运动水壶,59,Compression Tights,259,跑步眼镜,229
        """,
        """
        瑜伽垫 6 毫米,129,瑜伽裤,169,弹力带,39,瑜伽砖,49,普拉提球,59,运动内衣,139,Cork Yoga Mat,299,泡沫轴,79,瑜伽铺巾,69,
        冥想坐垫,149,瑜伽轮,119,Yoga Strap,35,空中瑜伽吊床,399
        """,
        """
        双人帐篷,499,露营灯,99,折叠椅,129,睡袋,259,蛋卷桌,199,天幕,329,Camp Stove,359,充气床垫,299,保温箱,229,
        四季帐篷,1599,户外炊具,189,Titanium Mug,149,营地推车,389
        """,
        """
        儿童雨衣,79,儿童头盔,119,儿童背包,99,平衡车,299,儿童泳镜,49,滑板车,259,Kids Fleece,139,亲子帐篷,359,儿童望远镜,89,
        护具套装,109,儿童睡袋,169,Puzzle Map,59,儿童登山杖,69
        """,
        """
        运动手环,199,蓝牙耳机,249,充电宝,129,运动手表,1299,头灯,109,GPS Watch,2299,体脂秤,119,运动相机,1899,骨传导耳机,599,
        车载冰箱,899,太阳能板,699,Bike Computer,899,对讲机,299
        """,
        """
        保温杯,89,速干毛巾,39,收纳袋,29,羊毛毯,299,咖啡手冲壶,159,香薰蜡烛,79,Cotton Throw,199,折叠收纳箱,69,旅行枕,59,
        空气炸锅,399,茶具套装,259,Enamel Bowl,45,挂钟,119
        """,
    ]
}
