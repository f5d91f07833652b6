use std::time::Duration;

use super::*;

fn outbox() -> (Arc<Outbox>, Outlet) {
    let outbox = Arc::new(Outbox::default());
    let outlet = outbox.stream(1);
    outlet.open();
    (outbox, outlet)
}

fn take(outbox: &Outbox) -> Option<Out> {
    outbox.state.locked().take()
}

/// Takes all there is: how many bytes, and the texts.
fn drain(outbox: &Outbox) -> (Vec<u8>, Vec<String>) {
    let (mut bytes, mut texts) = (Vec::new(), Vec::new());
    while let Some(out) = take(outbox) {
        match out {
            Out::Text(text) => texts.push(text),
            Out::Binary(frame) => {
                bytes.extend_from_slice(Frame::decode(&frame).unwrap().payload);
            }
        }
    }
    (bytes, texts)
}

#[tokio::test(start_paused = true)]
async fn no_byte_goes_beyond_the_credit() {
    let (outbox, outlet) = outbox();
    let window = usize::try_from(OUTPUT_WINDOW).unwrap();
    outlet.write(Channel::Stdout, vec![1; window].into()).await;
    outlet.write(Channel::Stderr, vec![2; 10].into()).await;
    assert_eq!(drain(&outbox).0.len(), window);
    outbox.grant(1, 4);
    assert_eq!(drain(&outbox).0, [2; 4]);
    outbox.grant(1, 100);
    outlet.end(&[Event::StreamExit { stream: 1, code: Some(0) }]);
    let (bytes, texts) = drain(&outbox);
    assert_eq!((bytes.len(), texts.len()), (6, 1));
    assert_eq!(outbox.len(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_producer_waits_two_seconds_and_then_the_oldest_goes() {
    let (outbox, outlet) = outbox();
    let started = Instant::now();
    let piece = Bytes::from(vec![b'x'; config::TURN]);
    for _ in 0..100 {
        outlet.write(Channel::Stdout, piece.clone()).await;
    }
    assert_eq!(started.elapsed().as_secs(), config::PATIENCE.as_secs());
    let Some(Out::Text(gap)) = take(&outbox) else { panic!("no gap") };
    let dropped = 100 * config::TURN - config::RING;
    assert_eq!(
        gap,
        format!(
            r#"{{"jsonrpc":"2.0","method":"stream.gap","params":{{"stream":1,"channel":1,"from":0,"to":{dropped}}}}}"#
        )
    );
    let Some(Out::Binary(frame)) = take(&outbox) else { panic!("no bytes") };
    assert_eq!(Frame::decode(&frame).unwrap().offset, dropped as u64);
    outbox.grant(1, config::MAX_CREDIT);
    assert_eq!(drain(&outbox).0.len(), config::RING - config::TURN);
}

#[tokio::test(start_paused = true)]
async fn a_producer_goes_on_when_there_is_room() {
    let (outbox, outlet) = outbox();
    let piece = Bytes::from(vec![b'x'; config::HELD]);
    outlet.write(Channel::Stdout, piece.clone()).await;
    let writer = async { outlet.write(Channel::Stdout, piece).await };
    let reader = async {
        tokio::time::sleep(Duration::from_millis(10)).await;
        outbox.grant(1, config::MAX_CREDIT);
        drain(&outbox)
    };
    let started = Instant::now();
    let ((), _) = tokio::join!(writer, reader);
    assert!(started.elapsed() < Duration::from_millis(20));
}

#[tokio::test(start_paused = true)]
async fn what_nobody_wants_is_dropped_and_the_end_is_told() {
    let (outbox, outlet) = outbox();
    outlet.write(Channel::Stdout, Bytes::from_static(b"abc")).await;
    outlet.discard();
    outlet.write(Channel::Stdout, Bytes::from_static(b"def")).await;
    outlet.end(&[Event::StreamExit { stream: 1, code: Some(137) }]);
    let (bytes, texts) = drain(&outbox);
    assert_eq!((bytes.len(), texts.len()), (0, 1));
}

#[tokio::test(start_paused = true)]
async fn streams_take_turns() {
    let (outbox, one) = outbox();
    let two = outbox.stream(2);
    two.open();
    for outlet in [&one, &two] {
        outlet.write(Channel::Stdout, vec![0; 2 * config::TURN].into()).await;
    }
    let streams: Vec<_> = std::iter::from_fn(|| take(&outbox))
        .map(|out| match out {
            Out::Binary(frame) => Frame::decode(&frame).unwrap().stream,
            Out::Text(text) => panic!("{text}"),
        })
        .collect();
    assert_eq!(streams, [1, 2, 1, 2]);
}

#[tokio::test(start_paused = true)]
async fn a_producer_in_a_hurry_does_not_wait_and_nothing_is_lost() {
    let (outbox, outlet) = outbox();
    let started = Instant::now();
    let pieces = 4 * config::HELD / config::TURN;
    let writer = async {
        for _ in 0..pieces {
            outlet.write(Channel::Stdout, vec![b'x'; config::TURN].into()).await;
        }
    };
    let hurry = async {
        tokio::time::sleep(Duration::from_millis(10)).await;
        outlet.hurry();
    };
    tokio::join!(writer, hurry);
    assert!(started.elapsed() < Duration::from_millis(20));
    outlet.end(&[Event::StreamExit { stream: 1, code: Some(0) }]);
    tokio::time::sleep(config::LAST_CREDIT / 2).await;
    outbox.grant(1, 1);
    tokio::time::sleep(config::LAST_CREDIT / 2).await;
    outbox.expire();
    let window = usize::try_from(OUTPUT_WINDOW).unwrap();
    let (bytes, texts) = drain(&outbox);
    assert_eq!((bytes.len(), texts.len()), (window + 1, 0));
    outbox.grant(1, config::MAX_CREDIT);
    let (bytes, texts) = drain(&outbox);
    assert_eq!((bytes.len(), texts.len()), (pieces * config::TURN - window - 1, 1));
}

#[tokio::test(start_paused = true)]
async fn what_nobody_takes_after_the_end_becomes_a_gap() {
    let (outbox, outlet) = outbox();
    outlet.hurry();
    outlet.write(Channel::Stdout, vec![b'x'; 2 * config::HELD].into()).await;
    drain(&outbox);
    tokio::time::sleep(config::LAST_CREDIT).await;
    // A stream that has not ended is kept.
    outbox.expire();
    assert!(take(&outbox).is_none());
    outlet.end(&[Event::StreamExit { stream: 1, code: Some(0) }]);
    outbox.expire();
    let (bytes, texts) = drain(&outbox);
    assert_eq!((bytes.len(), texts.len()), (0, 2));
    assert!(texts[0].contains("stream.gap") && texts[1].contains("stream.exit"), "{texts:?}");
    assert_eq!(outbox.len(), 0);
}
