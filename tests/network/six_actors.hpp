// The six actors of the documents as a value network that can be worked out by hand:
// a->b, a->c, b->c, c->a, c->d, d->e; f stands alone.
#pragma once

#include "valuenet/network/value_network.hpp"

#include <utility>

inline valuenet::value_network six_actors() {
  using valuenet::role;
  valuenet::actor_table actors;
  for (const char* id : {"a", "b", "c", "d", "e", "f"}) actors.ids.intern(id);
  actors.roles = {role::sample,   role::sample,   role::sample,
                  role::relation, role::relation, role::relation};
  for (const char* x : {"firm", "firm", "university", "investor", "firm", ""}) {
    actors.type.push_back(x);
  }
  for (const char* x : {"中国", "中国", "中国", "美国", "中国", ""}) actors.country.push_back(x);
  for (const char* x : {"北京", "北京", "上海", "加州", "上海", ""}) actors.province.push_back(x);
  for (const char* x : {"海淀", "朝阳", "徐汇", "旧金山", "浦东", ""}) actors.city.push_back(x);
  for (const char* x : {"core", "core", "converged", "core", "converged", ""}) {
    actors.sector.push_back(x);
  }
  for (const char* x : {"软件", "芯片", "教育", "金融业", "汽车制造业", ""}) {
    actors.industry.push_back(x);
  }
  valuenet::relation_table relations;
  relations.givers = {0, 0, 1, 2, 2, 3};
  relations.takers = {1, 2, 2, 0, 3, 4};
  for (const char* x :
       {"technology", "technology", "technology", "human_capital", "technology", "investment"}) {
    relations.dimension.push_back(x);
  }
  for (const char* x :
       {"empowerment", "empowerment", "input", "prior_study", "empowerment", "received"}) {
    relations.kind.push_back(x);
  }
  for (const char* x : {"视觉", "视觉", "芯片", "", "视觉", ""}) relations.technology.push_back(x);
  relations.weights = {1, 2, 1, 3, 1, 4};
  relations.years = {2020, 2020, 2021, 2021, 2022, 2022};
  return {std::move(actors), std::move(relations)};
}
