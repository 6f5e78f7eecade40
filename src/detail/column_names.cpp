#include "detail/column_names.hpp"

#include <algorithm>
#include <limits>
#include <optional>

namespace valuenet::detail {
namespace {

template <class Field>
struct known_name {
  Field field;
  std::string_view name;  // as plain_name gives it
};

// Of one field's names the better stand first; the first is valuenet's own.
constexpr known_name<actor_field> actor_names[] = {
    {actor_field::id, "id"},
    {actor_field::id, "nodeid"},
    {actor_field::id, "actorid"},
    {actor_field::id, "vertexid"},
    {actor_field::id, "identifier"},
    {actor_field::id, "uuid"},
    {actor_field::id, "key"},
    {actor_field::id, "code"},
    {actor_field::id, "编号"},
    {actor_field::id, "编码"},
    {actor_field::id, "代码"},
    {actor_field::id, "标识"},
    {actor_field::id, "节点id"},
    {actor_field::id, "主体id"},
    {actor_field::id, "节点编号"},
    {actor_field::id, "主体编号"},
    {actor_field::id, "机构编号"},
    {actor_field::id, "node"},
    {actor_field::id, "actor"},
    {actor_field::id, "节点"},
    {actor_field::id, "主体"},
    {actor_field::label, "label"},
    {actor_field::label, "name"},
    {actor_field::label, "fullname"},
    {actor_field::label, "displayname"},
    {actor_field::label, "标签"},
    {actor_field::label, "名称"},
    {actor_field::label, "主体名称"},
    {actor_field::label, "节点名称"},
    {actor_field::label, "机构名称"},
    {actor_field::label, "企业名称"},
    {actor_field::label, "公司名称"},
    {actor_field::label, "单位名称"},
    {actor_field::label, "简称"},
    {actor_field::label, "全称"},
    {actor_field::role, "role"},
    {actor_field::role, "actorrole"},
    {actor_field::role, "角色"},
    {actor_field::role, "主体角色"},
    {actor_field::role, "样本类型"},
    {actor_field::type, "type"},
    {actor_field::type, "actortype"},
    {actor_field::type, "nodetype"},
    {actor_field::type, "类型"},
    {actor_field::type, "主体类型"},
    {actor_field::type, "节点类型"},
    {actor_field::type, "机构类型"},
    {actor_field::country, "country"},
    {actor_field::country, "nation"},
    {actor_field::country, "countrycode"},
    {actor_field::country, "国家"},
    {actor_field::country, "国别"},
    {actor_field::country, "所在国家"},
    {actor_field::province, "province"},
    {actor_field::province, "state"},
    {actor_field::province, "statecode"},
    {actor_field::province, "省"},
    {actor_field::province, "省份"},
    {actor_field::province, "省市"},
    {actor_field::province, "所在省份"},
    {actor_field::city, "city"},
    {actor_field::city, "城市"},
    {actor_field::city, "市"},
    {actor_field::city, "所在城市"},
    {actor_field::sector, "sector"},
    {actor_field::sector, "部门"},
    {actor_field::sector, "产业部门"},
    {actor_field::industry, "industry"},
    {actor_field::industry, "行业"},
    {actor_field::industry, "产业"},
    {actor_field::industry, "所属行业"},
};

constexpr known_name<relation_field> relation_names[] = {
    {relation_field::giver, "giver"},
    {relation_field::giver, "source"},
    {relation_field::giver, "from"},
    {relation_field::giver, "src"},
    {relation_field::giver, "giverid"},
    {relation_field::giver, "sourceid"},
    {relation_field::giver, "fromid"},
    {relation_field::giver, "startid"},
    {relation_field::giver, "sourcenode"},
    {relation_field::giver, "fromnode"},
    {relation_field::giver, "fromnodeid"},
    {relation_field::giver, "sourceorg"},
    {relation_field::giver, "fromorg"},
    {relation_field::giver, "sourcename"},
    {relation_field::giver, "fromname"},
    {relation_field::giver, "provider"},
    {relation_field::giver, "supplier"},
    {relation_field::giver, "sender"},
    {relation_field::giver, "investor"},
    {relation_field::giver, "node1"},
    {relation_field::giver, "actor1"},
    {relation_field::giver, "给予方"},
    {relation_field::giver, "来源"},
    {relation_field::giver, "源"},
    {relation_field::giver, "源节点"},
    {relation_field::giver, "来源节点"},
    {relation_field::giver, "来源主体"},
    {relation_field::giver, "起点"},
    {relation_field::giver, "提供方"},
    {relation_field::giver, "供给方"},
    {relation_field::giver, "供方"},
    {relation_field::giver, "输出方"},
    {relation_field::giver, "赋能方"},
    {relation_field::giver, "转让方"},
    {relation_field::giver, "投资方"},
    {relation_field::giver, "投资机构"},
    {relation_field::taker, "taker"},
    {relation_field::taker, "target"},
    {relation_field::taker, "to"},
    {relation_field::taker, "dst"},
    {relation_field::taker, "dest"},
    {relation_field::taker, "destination"},
    {relation_field::taker, "takerid"},
    {relation_field::taker, "targetid"},
    {relation_field::taker, "toid"},
    {relation_field::taker, "endid"},
    {relation_field::taker, "targetnode"},
    {relation_field::taker, "tonode"},
    {relation_field::taker, "tonodeid"},
    {relation_field::taker, "targetorg"},
    {relation_field::taker, "toorg"},
    {relation_field::taker, "targetname"},
    {relation_field::taker, "toname"},
    {relation_field::taker, "receiver"},
    {relation_field::taker, "recipient"},
    {relation_field::taker, "customer"},
    {relation_field::taker, "investee"},
    {relation_field::taker, "node2"},
    {relation_field::taker, "actor2"},
    {relation_field::taker, "接受方"},
    {relation_field::taker, "接收方"},
    {relation_field::taker, "目标"},
    {relation_field::taker, "目标节点"},
    {relation_field::taker, "目标主体"},
    {relation_field::taker, "终点"},
    {relation_field::taker, "需求方"},
    {relation_field::taker, "需方"},
    {relation_field::taker, "输入方"},
    {relation_field::taker, "被赋能方"},
    {relation_field::taker, "受让方"},
    {relation_field::taker, "被投资方"},
    {relation_field::taker, "被投企业"},
    {relation_field::dimension, "dimension"},
    {relation_field::dimension, "维度"},
    {relation_field::dimension, "关系维度"},
    {relation_field::kind, "kind"},
    {relation_field::kind, "relation"},
    {relation_field::kind, "relationkind"},
    {relation_field::kind, "relationtype"},
    {relation_field::kind, "relationship"},
    {relation_field::kind, "edgetype"},
    {relation_field::kind, "edgekind"},
    {relation_field::kind, "linktype"},
    {relation_field::kind, "关系"},
    {relation_field::kind, "关系类型"},
    {relation_field::kind, "关系种类"},
    {relation_field::kind, "种类"},
    {relation_field::technology, "technology"},
    {relation_field::technology, "technologyfield"},
    {relation_field::technology, "technologycategory"},
    {relation_field::technology, "技术"},
    {relation_field::technology, "技术领域"},
    {relation_field::technology, "技术类别"},
    {relation_field::application, "application"},
    {relation_field::application, "applicationfield"},
    {relation_field::application, "应用"},
    {relation_field::application, "应用领域"},
    {relation_field::application, "应用场景"},
    {relation_field::weight, "weight"},
    {relation_field::weight, "weights"},
    {relation_field::weight, "edgeweight"},
    {relation_field::weight, "strength"},
    {relation_field::weight, "权重"},
    {relation_field::weight, "权值"},
    {relation_field::weight, "强度"},
    {relation_field::year, "year"},
    {relation_field::year, "年份"},
    {relation_field::year, "年度"},
    {relation_field::year, "年"},
    {relation_field::year, "date"},
    {relation_field::year, "日期"},
    {relation_field::direction, "type"},
    {relation_field::direction, "direction"},
    {relation_field::direction, "directed"},
    {relation_field::direction, "方向"},
    {relation_field::direction, "类型"},
};

/// The place of the name in the list; nothing when it is not there.
template <class Field, std::size_t Count>
std::optional<std::size_t> find_name(const known_name<Field> (&names)[Count],
                                     std::string_view plain) {
  const auto* const found = std::find_if(std::begin(names), std::end(names),
                                         [&](const auto& known) { return known.name == plain; });
  if (found == std::end(names)) return std::nullopt;
  return static_cast<std::size_t>(found - std::begin(names));
}

template <class Field, std::size_t Count>
std::string_view own_name(const known_name<Field> (&names)[Count], Field field) {
  const auto* const found =
      std::find_if(std::begin(names), std::end(names),
                   [&](const known_name<Field>& known) { return known.field == field; });
  return found == std::end(names) ? std::string_view{} : found->name;
}

template <class Field, std::size_t Count>
std::vector<Field> assign_fields(const known_name<Field> (&names)[Count],
                                 std::span<const std::string> header,
                                 std::span<const field_wish<Field>> named) {
  // For each field the column that has it so far, by rank; a caller's wish has rank -1.
  struct holder {
    std::size_t column = std::numeric_limits<std::size_t>::max();
    std::ptrdiff_t rank = std::numeric_limits<std::ptrdiff_t>::max();
  };
  std::vector<holder> holders(static_cast<std::size_t>(Field::more));
  std::vector<Field> fields(header.size(), Field::more);
  for (std::size_t column = 0; column < header.size(); ++column) {
    const std::string plain = plain_name(header[column]);
    const auto wish = std::find_if(named.begin(), named.end(), [&](const auto& each) {
      return plain_name(each.column) == plain &&
             holders[static_cast<std::size_t>(each.field)].rank >= 0;
    });
    Field field = Field::more;
    std::ptrdiff_t rank = -1;
    if (wish != named.end()) {
      field = wish->field;
    } else if (const auto found = find_name(names, plain)) {
      field = names[*found].field;
      rank = static_cast<std::ptrdiff_t>(*found);
    }
    if (field == Field::more) continue;
    holder& held = holders[static_cast<std::size_t>(field)];
    if (rank >= held.rank) continue;
    if (held.column < header.size()) fields[held.column] = Field::more;
    held = {column, rank};
    fields[column] = field;
  }
  return fields;
}

}  // namespace

std::string plain_name(std::string_view name) {
  std::string plain;
  for (const char c : name) {
    if (c == ' ' || c == '\t' || c == '_' || c == '-' || c == '.' || c == ':') continue;
    plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return plain;
}

actor_field actor_field_named(std::string_view name) {
  const auto found = find_name(actor_names, plain_name(name));
  return found ? actor_names[*found].field : actor_field::more;
}

relation_field relation_field_named(std::string_view name) {
  const auto found = find_name(relation_names, plain_name(name));
  return found ? relation_names[*found].field : relation_field::more;
}

std::vector<actor_field> actor_fields(std::span<const std::string> header,
                                      std::span<const field_wish<actor_field>> named) {
  std::vector<actor_field> fields = assign_fields(actor_names, header, named);
  // A table of names alone: relations name their actors by these.
  if (std::find(fields.begin(), fields.end(), actor_field::id) == fields.end()) {
    std::replace(fields.begin(), fields.end(), actor_field::label, actor_field::id);
  }
  return fields;
}

std::vector<relation_field> relation_fields(std::span<const std::string> header,
                                            std::span<const field_wish<relation_field>> named) {
  return assign_fields(relation_names, header, named);
}

std::string_view name_of(actor_field field) {
  return own_name(actor_names, field);
}
std::string_view name_of(relation_field field) {
  return own_name(relation_names, field);
}

}  // namespace valuenet::detail
