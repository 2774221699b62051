use std::collections::{BTreeMap, BTreeSet};

use proptest::{collection::vec, prelude::*, sample::select};

use super::*;

/// A course with tasks of every kind of condition on one signal, and one of the other side.
fn every_kind() -> Course {
    let task = |key: &str, more: &str| {
        format!("[[sections.items]]\nkey = \"{key}\"\ntitle = \"T\"\ntask = {{ directive = \"D\", {more} }}\n")
    };
    let tasks = [
        task("once", r#"side = "partner", signal = "a""#),
        task("thrice", r#"side = "partner", signal = "a", count = 3"#),
        task("where", r#"side = "partner", signal = "a", count = 2, where = { x = 1 }"#),
        task("both", r#"side = "partner", signal = "a", where = { x = 1, y = "b" }"#),
        task("distinct", r#"side = "partner", signal = "a", count = 3, distinct = "x""#),
        task("mixed", r#"side = "partner", signal = "a", count = 2, distinct = "x", where = { y = "b" }"#),
        task("other", r#"side = "partner", signal = "b", count = 2"#),
        task("commerce", r#"side = "commerce", signal = "a""#),
    ];
    let source = format!(
        "key = \"c\"\nversion = 1\ntitle = \"C\"\n[[sections]]\nkey = \"s\"\ntitle = \"S\"\n{}",
        tasks.concat()
    );
    Course::parse(&source, CourseFormat::Toml).unwrap()
}

type Fact = (SignalName, Fields);

fn fact(name: &str, x: Option<i64>, y: Option<&str>) -> Fact {
    let fields = x.map(|x| ("x".parse().unwrap(), x.into()));
    let fields = fields.into_iter().chain(y.map(|y| ("y".parse().unwrap(), y.parse().unwrap())));
    (name.parse().unwrap(), Fields::new(fields).unwrap())
}

fn facts() -> impl Strategy<Value = Vec<Fact>> {
    let one = (select(vec!["a", "b", "c"]), proptest::option::of(0_i64..4), select(vec![None, Some("b"), Some("c")]));
    vec(one.prop_map(|(name, x, y)| fact(name, x, y)), 0..30)
}

fn fold(course: &Course, facts: &[Fact]) -> (Vec<(CourseKey, usize)>, Tallies) {
    completed(course, Side::Partner, facts.iter().map(|(name, fields)| (name, fields)))
}

fn keys(done: &[(CourseKey, usize)]) -> BTreeSet<&CourseKey> {
    done.iter().map(|(key, _)| key).collect()
}

/// How far a task is by looking at all facts at once.
fn reached(task: &Task, facts: &[Fact]) -> usize {
    let fits = |(name, fields): &&Fact| {
        *name == task.condition.signal
            && task.condition.matching.iter().all(|(field, value)| fields.get(field) == Some(value))
    };
    let facts = facts.iter().filter(fits);
    match &task.condition.distinct {
        None => facts.count(),
        Some(field) => facts.filter_map(|(_, fields)| fields.get(field)).collect::<BTreeSet<_>>().len(),
    }
}

proptest! {
    #[test]
    fn a_task_is_complete_exactly_when_the_facts_reach_its_count(facts in facts()) {
        let course = every_kind();
        let (done, tallies) = fold(&course, &facts);
        for (key, task) in course.tasks().filter(|(_, task)| task.side == Side::Partner) {
            let (reached, wanted) = (reached(task, &facts), task.condition.count as usize);
            prop_assert_eq!(keys(&done).contains(key), reached >= wanted, "{}", key);
            let left = if reached >= wanted { 0 } else { reached };
            prop_assert_eq!(tallies.of(key) as usize, left, "{}", key);
        }
        prop_assert!(!keys(&done).contains(&CourseKey::parse("commerce").unwrap()));
    }

    #[test]
    fn the_order_of_facts_does_not_change_what_is_complete(
        (facts, shuffled) in facts().prop_flat_map(|facts| (Just(facts.clone()), Just(facts).prop_shuffle()))
    ) {
        let course = every_kind();
        let (one, other) = (fold(&course, &facts), fold(&course, &shuffled));
        prop_assert_eq!(keys(&one.0), keys(&other.0));
        prop_assert_eq!(one.1, other.1);
    }

    #[test]
    fn counting_one_by_one_comes_to_the_same_as_all_at_once(facts in facts()) {
        let course = every_kind();
        let (mut done, mut tallies): (BTreeMap<CourseKey, usize>, _) = (BTreeMap::new(), Tallies::default());
        for (at, (name, fields)) in facts.iter().enumerate() {
            for (key, task) in course.tasks().filter(|(_, task)| task.side == Side::Partner) {
                // through the store between any two
                tallies = serde_json::from_str(&serde_json::to_string(&tallies).unwrap()).unwrap();
                if !done.contains_key(key) && tallies.count(key, task, name, fields) == Counted::Complete {
                    done.insert(key.clone(), at);
                }
                for (key, tally) in tallies.iter() {
                    prop_assert!(tally.values.len() < course.task(key).unwrap().condition.count as usize);
                }
            }
        }
        let (all, rest) = fold(&course, &facts);
        prop_assert_eq!(all.into_iter().collect::<BTreeMap<_, _>>(), done);
        prop_assert_eq!(rest, tallies);
    }
}

#[test]
fn a_value_counts_once_and_a_signal_without_the_field_not_at_all() {
    let course = every_kind();
    let key = CourseKey::parse("distinct").unwrap();
    let task = course.task(&key).unwrap();
    let mut tallies = Tallies::default();
    let mut count = |(name, fields): Fact| tallies.count(&key, task, &name, &fields);
    assert_eq!(count(fact("a", Some(1), None)), Counted::Counted);
    assert_eq!(count(fact("a", Some(1), Some("b"))), Counted::Nothing);
    assert_eq!(count(fact("a", None, None)), Counted::Nothing);
    assert_eq!(count(fact("b", Some(2), None)), Counted::Nothing);
    assert_eq!(count(fact("a", Some(2), None)), Counted::Counted);
    let written = Fields::new([("x".parse().unwrap(), FieldValue::text("2").unwrap())]).unwrap();
    assert_eq!(count(("a".parse().unwrap(), written)), Counted::Nothing);
    assert_eq!(count(fact("a", Some(3), None)), Counted::Complete);
    assert!(tallies.is_empty());
}

#[test]
fn each_task_is_told_with_the_fact_that_completed_it() {
    let facts = [fact("c", None, None), fact("a", Some(1), Some("b")), fact("a", Some(1), None)];
    let (done, tallies) = fold(&every_kind(), &facts);
    let done: Vec<_> = done.iter().map(|(key, at)| (key.as_str(), *at)).collect();
    assert_eq!(done, [("once", 1), ("both", 1), ("where", 2)]);
    let left: Vec<_> = tallies.iter().map(|(key, tally)| (key.as_str(), tally.count)).collect();
    assert_eq!(left, [("distinct", 1), ("mixed", 1), ("thrice", 2)]);
}
