/// A city that customers live in.
struct Place {
    let city: String
    let region: String
    let country: String
    let zone: String
    /// The language of those who live there.
    let language: String
    /// The index of the zone in ``World/zones``.
    let zoneIndex: Int
}

/// Cities, weighted by how many customers live there.
struct Places {
    /// The zones of all places, each once.
    let zones: [String]
    /// Cities of mainland China.
    let chinese: Weighted<Place>
    /// Cities of English-speaking customers.
    let english: Weighted<Place>

    /// The places.
    init() {
        var zones: [String] = []
        chinese = Weighted(Self.parse(Self.chineseCities, &zones))
        english = Weighted(Self.parse(Self.englishCities, &zones))
        self.zones = zones
    }

    /// City, region, country, zone, language, weight.
    private static let chineseCities = """
        上海,上海,100 北京,北京,96 深圳,广东,72 广州,广东,70 杭州,浙江,58 成都,四川,56 重庆,重庆,48 武汉,湖北,40
        南京,江苏,40 苏州,江苏,38 西安,陕西,36 天津,天津,32 长沙,湖南,28 郑州,河南,28 东莞,广东,24 青岛,山东,24
        宁波,浙江,22 合肥,安徽,20 佛山,广东,18 济南,山东,18 沈阳,辽宁,16 昆明,云南,16 福州,福建,16 厦门,福建,16
        无锡,江苏,15 大连,辽宁,15 哈尔滨,黑龙江,12 石家庄,河北,12 南宁,广西,11 温州,浙江,11 泉州,福建,10 长春,吉林,10
        贵阳,贵州,9 南昌,江西,9 太原,山西,8 常州,江苏,8 珠海,广东,7 兰州,甘肃,6 海口,海南,6 乌鲁木齐,新疆,6
        呼和浩特,内蒙古,4 银川,宁夏,3 西宁,青海,3 拉萨,西藏,1
        """
        .split { $0 == " " || $0 == "\n" }
        .map { line -> String in
            let parts = line.split(separator: ",")
            return "\(parts[0]),\(parts[1]),中国,Asia/Shanghai,zh-CN,\(parts[2])"
        }

    private static let englishCities = """
        London,England,United Kingdom,Europe/London,en-GB,60
        Manchester,England,United Kingdom,Europe/London,en-GB,18
        Bristol,England,United Kingdom,Europe/London,en-GB,10
        Edinburgh,Scotland,United Kingdom,Europe/London,en-GB,10
        Dublin,Leinster,Ireland,Europe/Dublin,en-IE,10
        New York,New York,United States,America/New_York,en-US,44
        Boston,Massachusetts,United States,America/New_York,en-US,14
        Chicago,Illinois,United States,America/Chicago,en-US,18
        Austin,Texas,United States,America/Chicago,en-US,12
        San Francisco,California,United States,America/Los_Angeles,en-US,26
        Seattle,Washington,United States,America/Los_Angeles,en-US,18
        Toronto,Ontario,Canada,America/Toronto,en-CA,18
        Sydney,New South Wales,Australia,Australia/Sydney,en-AU,28
        Melbourne,Victoria,Australia,Australia/Melbourne,en-AU,22
        Auckland,Auckland,New Zealand,Pacific/Auckland,en-NZ,8
        Singapore,Singapore,Singapore,Asia/Singapore,en-SG,52
        """
        .split(separator: "\n").map(String.init)

    private static func parse(_ lines: [String], _ zones: inout [String]) -> [(Place, Int)] {
        lines.map { line in
            let parts = line.split(separator: ",").map(String.init)
            if !zones.contains(parts[3]) { zones.append(parts[3]) }
            let zone = (zones.firstIndex(of: parts[3]) ?? 0) + 1
            let place = Place(
                city: parts[0], region: parts[1], country: parts[2], zone: parts[3], language: parts[4],
                zoneIndex: zone)
            return (place, Int(parts[5]) ?? 0)
        }
    }
}
