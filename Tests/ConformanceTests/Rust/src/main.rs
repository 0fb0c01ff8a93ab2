// SPDX-License-Identifier: Apache-2.0

//! A client from Debian's ttrpc for the service ttrpcprobe.v1.Echo. Prints one line per result,
//! which a test compares.

use std::os::unix::io::IntoRawFd;
use std::os::unix::net::UnixStream;
use std::thread;

use protobuf::well_known_types::{BytesValue, Int32Value, Int64Value, StringValue};
use protobuf::Message;
use ttrpc::context::{to_pb, Context};
use ttrpc::{Client, Error, Request, Response};

const SECOND: i64 = 1_000_000_000;

/// The largest bytes field of a BytesValue whose Response frame is exactly 4 MiB.
const LARGEST: i64 = (4 << 20) - 10;

fn request(method: &str, payload: Vec<u8>) -> Request {
    let mut request = Request::new();
    request.set_service("ttrpcprobe.v1.Echo".into());
    request.set_method(method.into());
    request.set_payload(payload);
    request.set_timeout_nano(120 * SECOND);
    request
}

fn int32(value: i32) -> Vec<u8> {
    let mut message = Int32Value::new();
    message.set_value(value);
    message.write_to_bytes().unwrap()
}

fn int64(value: i64) -> Vec<u8> {
    let mut message = Int64Value::new();
    message.set_value(value);
    message.write_to_bytes().unwrap()
}

fn text(response: Response) -> String {
    let mut message = StringValue::new();
    message.merge_from_bytes(&response.payload).unwrap();
    message.value
}

fn show(what: &str, result: Result<Response, Error>) {
    match result {
        Ok(response) => println!("{} ok, {} bytes", what, response.payload.len()),
        Err(Error::RpcStatus(status)) => {
            println!("{} {:?} {}", what, status.get_code(), status.get_message());
            for detail in status.get_details() {
                println!("detail {} {} bytes", detail.type_url, detail.value.len());
            }
        }
        Err(error) => println!("{} {}", what, error),
    }
}

fn echo(client: &Client, content: Vec<u8>) -> Result<Response, Error> {
    let mut message = BytesValue::new();
    message.set_value(content);
    let bytes = message.write_to_bytes().unwrap();
    let response = client.request(request("Echo", bytes.clone()))?;
    assert!(response.payload == bytes, "other bytes came back");
    Ok(response)
}

fn metadata(client: &Client) {
    let mut call = request("Meta", vec![]);
    let mut context = Context::default();
    context.set("Key".into(), vec!["first".into(), "second".into()]);
    call.set_metadata(to_pb(context.metadata));
    let seen = text(client.request(call).unwrap());
    // What remains of the deadline is left out: it is another each time.
    println!("metadata {}", seen.split(",\"deadline_ms\"").next().unwrap());
}

fn deadlines(client: &Client) {
    let mut late = request("Sleep", int64(600_000));
    late.set_timeout_nano(SECOND / 20);
    match client.request(late) {
        // The client's own clock and the server's answer race; both say the same.
        Err(Error::RpcStatus(ref status)) if status.get_code() != ttrpc::Code::DEADLINE_EXCEEDED => {
            panic!("{:?}", status)
        }
        Err(_) => println!("deadline exceeded"),
        Ok(_) => panic!("slept beyond the deadline"),
    }
    println!("{}", text(client.request(request("Sleep", int64(1))).unwrap()));
}

fn crowd(client: &Client, callers: usize, calls: usize) {
    let threads: Vec<_> = (0..callers)
        .map(|caller| {
            let client = client.clone();
            thread::spawn(move || {
                for call in 0..calls {
                    let length = (caller * calls + call) * 7919 % 300_000;
                    echo(&client, vec![caller as u8; length]).unwrap();
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    println!("{} callers, {} calls each", callers, calls);
}

fn main() {
    let path = std::env::args().nth(1).expect("usage: rust-peer SOCKET");
    // Not Client::connect, which takes a path for the name of an abstract socket.
    let socket = UnixStream::connect(path).unwrap();
    let client = Client::new(socket.into_raw_fd());

    show("echo", echo(&client, b"hello".to_vec()));
    show("empty echo", echo(&client, vec![]));
    show("fail", client.request(request("Fail", int32(5))));
    show("code 0", client.request(request("Fail", int32(0))));
    show("no method", client.request(request("Nope", vec![])));
    metadata(&client);
    show("largest reply", client.request(request("Big", int64(LARGEST))));
    show("larger reply", client.request(request("Big", int64(LARGEST + 1))));
    show("oversize request", echo(&client, vec![0; 4 << 20]));
    show("after it", echo(&client, b"still here".to_vec()));
    deadlines(&client);
    crowd(&client, 100, 20);
}
