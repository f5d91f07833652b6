//! The agent's lists as rows of Docker's tables.

use crate::{
    engine::print::{ContainerRow, ImageRow},
    image::Reference,
    protocol::call::{ContainerSummary, ImageSummary},
};

/// One row for each name of an image, or one without a name.
pub fn images(image: &ImageSummary) -> Vec<ImageRow> {
    let ImageSummary { id, tags, digests, created, size } = image;
    let row = ImageRow { id: id.clone(), created: *created, size: *size, ..ImageRow::default() };
    let named = |tag: &String| {
        let (repository, tag) = tag.rsplit_once(':').unwrap_or((tag, ""));
        let of_repository = |it: &&String| it.rsplit_once('@').is_some_and(|it| it.0 == repository);
        let digest = digests.iter().find(of_repository).and_then(|it| it.rsplit_once('@'));
        ImageRow {
            repository: Some(familiar(repository)),
            tag: Some(tag.to_owned()),
            digest: digest.map(|it| it.1.to_owned()),
            ..row.clone()
        }
    };
    if tags.is_empty() { vec![row] } else { tags.iter().map(named).collect() }
}

/// One container.
pub fn container(container: &ContainerSummary) -> ContainerRow {
    let ContainerSummary { id, image, command, created, status, state: _, ports, names } =
        container;
    ContainerRow {
        id: id.clone(),
        image: image.clone(),
        command: command.clone(),
        created: *created,
        status: status.clone(),
        ports: ports.clone(),
        names: names.join(","),
        size: String::new(),
    }
}

/// Podman gives full names, Docker familiar ones.
fn familiar(repository: &str) -> String {
    repository.parse::<Reference>().map_or_else(|_| repository.to_owned(), |it| it.familiar_name())
}
