//! Owners by number or by name, and directories that are made.

use super::{
    FileError, Writer,
    tree::{Entry, Node, Owner, Tree},
};

/// The owner that `--chown` or `USER` names. A name is looked up in the image; one that is not there means root.
pub fn owner(text: &str, tree: &Tree, has_base: bool) -> Result<Owner, FileError> {
    let (user, group) = text.split_once(':').map_or((text, None), |it| (it.0, Some(it.1)));
    let mut owner = match number(user) {
        Some(it) => Owner { uid: it, gid: it },
        None if !has_base => return Err(FileError::NoPasswd),
        None => {
            let [uid, gid] = look_up(tree, "/etc/passwd", user, [2, 3]);
            Owner { uid, gid }
        }
    };
    match group.map(|it| (it, number(it))) {
        None => (),
        Some((_, Some(it))) => owner.gid = it,
        Some(_) if !has_base => return Err(FileError::NoPasswd),
        Some((name, None)) => [owner.gid, _] = look_up(tree, "/etc/group", name, [2, 2]),
    }
    Ok(owner)
}

/// The number of a user or a group; root's is known without looking it up (`parseUID` in BuildKit's `client/llb/fileop.go`).
fn number(text: &str) -> Option<u32> {
    if text == "root" {
        return Some(0);
    }
    text.parse::<i32>().ok().map(|it| u32::try_from(it).unwrap_or_default())
}

/// Two columns of the line that starts with a name; zeros if there is none.
fn look_up(tree: &Tree, file: &str, name: &str, columns: [usize; 2]) -> [u32; 2] {
    let found = tree.follow(file).and_then(|it| {
        let text = String::from_utf8_lossy(it.1.bytes()?).into_owned();
        let line = text.lines().find(|it| it.split(':').next() == Some(name))?;
        Some(columns.map(|it| line.split(':').nth(it).and_then(number).unwrap_or_default()))
    });
    found.unwrap_or_default()
}

/// Makes a directory and those above it, as `WORKDIR` does. Gives the path without links.
pub fn make_directory(writer: &mut Writer, path: &str, owner: Owner) -> Result<String, FileError> {
    super::find::check_length(path)?;
    let path = writer.tree.resolve(path).ok_or(FileError::Links)?;
    let ends = path.match_indices('/').map(|it| it.0).skip(1).chain([path.len()]);
    for end in ends.filter(|it| *it > 1) {
        let Some(above) = path.get(..end) else { continue };
        match writer.tree.get(above) {
            Some(Entry { node: Node::Directory, .. }) => (),
            Some(_) => return Err(FileError::NotADirectory(above.to_owned())),
            None => writer.put(above, Entry { owner, ..Entry::directory() }),
        }
    }
    Ok(path)
}
