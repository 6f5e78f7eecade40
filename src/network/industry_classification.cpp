// GB/T 4754-2017: sections and divisions; sectors by the National Bureau of Statistics' division of
// three sectors (2018).
#include "valuenet/network/sectors.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace valuenet {
namespace {

struct section {
  std::string_view name;
  std::string_view sector;
  /// Separated by spaces; one with a star is tertiary though its section is not.
  std::string_view divisions;
};

constexpr std::string_view primary = "primary";
constexpr std::string_view secondary = "secondary";
constexpr std::string_view tertiary = "tertiary";

constexpr std::array sections{
    section{"农、林、牧、渔业", primary, "农业 林业 畜牧业 渔业 *农、林、牧、渔专业及辅助性活动"},
    section{"采矿业", secondary,
            "煤炭开采和洗选业 石油和天然气开采业 黑色金属矿采选业 有色金属矿采选业 非金属矿采选业 "
            "*开采专业及辅助性活动 其他采矿业"},
    section{"制造业", secondary,
            "农副食品加工业 食品制造业 酒、饮料和精制茶制造业 烟草制品业 纺织业 纺织服装、服饰业 "
            "皮革、毛皮、羽毛及其制品和制鞋业 木材加工和木、竹、藤、棕、草制品业 家具制造业 "
            "造纸和纸制品业 印刷和记录媒介复制业 文教、工美、体育和娱乐用品制造业 "
            "石油、煤炭及其他燃料加工业 化学原料和化学制品制造业 医药制造业 化学纤维制造业 "
            "橡胶和塑料制品业 非金属矿物制品业 黑色金属冶炼和压延加工业 有色金属冶炼和压延加工业 "
            "金属制品业 通用设备制造业 专用设备制造业 汽车制造业 "
            "铁路、船舶、航空航天和其他运输设备制造业 电气机械和器材制造业 "
            "计算机、通信和其他电子设备制造业 仪器仪表制造业 其他制造业 废弃资源综合利用业 "
            "*金属制品、机械和设备修理业"},
    section{"电力、热力、燃气及水生产和供应业", secondary,
            "电力、热力生产和供应业 燃气生产和供应业 水的生产和供应业"},
    section{"建筑业", secondary, "房屋建筑业 土木工程建筑业 建筑安装业 建筑装饰、装修和其他建筑业"},
    section{"批发和零售业", tertiary, "批发业 零售业"},
    section{"交通运输、仓储和邮政业", tertiary,
            "铁路运输业 道路运输业 水上运输业 航空运输业 管道运输业 多式联运和运输代理业 "
            "装卸搬运和仓储业 邮政业"},
    section{"住宿和餐饮业", tertiary, "住宿业 餐饮业"},
    section{"信息传输、软件和信息技术服务业", tertiary,
            "电信、广播电视和卫星传输服务 互联网和相关服务 软件和信息技术服务业"},
    section{"金融业", tertiary, "货币金融服务 资本市场服务 保险业 其他金融业"},
    section{"房地产业", tertiary, ""},
    section{"租赁和商务服务业", tertiary, "租赁业 商务服务业"},
    section{"科学研究和技术服务业", tertiary, "研究和试验发展 专业技术服务业 科技推广和应用服务业"},
    section{"水利、环境和公共设施管理业", tertiary,
            "水利管理业 生态保护和环境治理业 公共设施管理业 土地管理业"},
    section{"居民服务、修理和其他服务业", tertiary,
            "居民服务业 机动车、电子产品和日用产品修理业 其他服务业"},
    section{"教育", tertiary, ""},
    section{"卫生和社会工作", tertiary, "卫生 社会工作"},
    section{"文化、体育和娱乐业", tertiary,
            "新闻和出版业 广播、电视、电影和录音制作业 文化艺术业 体育 娱乐业"},
    section{"公共管理、社会保障和社会组织", tertiary,
            "中国共产党机关 国家机构 人民政协、民主党派 社会保障 "
            "群众团体、社会团体和其他成员组织 基层群众自治组织及其他组织"},
    section{"国际组织", tertiary, ""},
};

}  // namespace

std::vector<industry_class> national_classification() {
  std::vector<industry_class> all;
  for (const section& each : sections) {
    all.push_back({std::string(each.name), std::string(each.name), std::string(each.sector)});
    for (std::string_view rest = each.divisions; !rest.empty();) {
      const std::size_t end = std::min(rest.find(' '), rest.size());
      std::string_view division = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      const bool is_service = division.starts_with('*');
      if (is_service) division.remove_prefix(1);
      all.push_back({std::string(division), std::string(each.name),
                     std::string(is_service ? tertiary : each.sector)});
    }
  }
  return all;
}

}  // namespace valuenet
