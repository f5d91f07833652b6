//! Maps and sets against those of the standard library.

use std::collections::BTreeMap;

use super::{Map, Set};

/// Does the same to a map and to a tree of the standard library; `key` gives the number of each key.
fn check(name: &str, steps: usize, key: impl Fn(usize) -> usize) {
    let (mut map, mut tree) = (Map::new(), BTreeMap::new());
    for step in 0..steps {
        let text = format!("{:05}", key(step));
        match step % 5 {
            3 => assert_eq!(map.remove(&text), tree.remove(&text), "{name}: {step}"),
            4 => {
                map.change(text.clone(), |it| *it += 1);
                *tree.entry(text).or_default() += 1;
            }
            _ => assert_eq!(
                map.insert(text.clone(), step),
                tree.insert(text, step),
                "{name}: {step}"
            ),
        }
    }
    let all: Vec<_> = tree.iter().collect();
    assert_eq!(map.iter().collect::<Vec<_>>(), all, "{name}");
    assert_eq!(map.clone().into_iter().collect::<BTreeMap<_, _>>(), tree, "{name}");
    assert_eq!((map.len(), map.is_empty()), (tree.len(), tree.is_empty()), "{name}");
    for number in 0..steps.min(2000) {
        let text = format!("{number:05}");
        assert_eq!(map.get(&text), tree.get(&text), "{name}: {text}");
        let after = (std::ops::Bound::Excluded(text.clone()), std::ops::Bound::Unbounded);
        assert_eq!(map.after(&text).next(), tree.range(after).next(), "{name}: {text}");
    }
    let mut other: Map<usize> = tree.iter().rev().map(|it| (it.0.clone(), *it.1)).collect();
    assert_eq!(map, other, "{name}");
    map.retain(|key, value| (key.len() + value) % 2 == 0);
    tree.retain(|key, value| (key.len() + *value) % 2 == 0);
    assert_eq!(map.iter().collect::<Vec<_>>(), tree.iter().collect::<Vec<_>>(), "{name}");
    other.insert("x".to_owned(), 0);
    assert_ne!(map, other, "{name}");
}

#[test]
fn a_map_is_what_a_tree_of_the_standard_library_is() {
    check("nothing", 0, |it| it);
    check("one", 1, |it| it);
    check("in order", 3000, |it| it);
    check("backwards", 3000, |it| 3000 - it);
    check("in and out", 3000, |it| it * 7919 % 1009);
}

#[test]
fn a_set_holds_each_text_once() {
    let texts = ["b", "a", "b", "c"].map(str::to_owned);
    let mut set = Set::from(texts);
    assert_eq!(set.iter().collect::<Vec<_>>(), ["a", "b", "c"]);
    assert!(!set.insert("a".to_owned()) && set.remove("b") && !set.remove("b"));
    assert!(set.contains("c") && !set.contains("b"));
    assert_eq!((set.last().map(String::as_str), set.len()), (Some("c"), 2));
    set.retain(|it| it == "d");
    assert!(set.is_empty());
    let read: Set = serde_json::from_str(r#"["b","a"]"#).unwrap();
    assert_eq!(serde_json::to_string(&read).unwrap(), r#"["a","b"]"#);
}
