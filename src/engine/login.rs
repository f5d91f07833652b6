//! `docker login` and `docker logout`, for practice: nothing that is typed is kept.

use super::{Engine, Outcome, Output};
use crate::{
    command::{Login, Logout, Profile},
    image::reference::DEFAULT_REGISTRY,
};

/// The user of the practice sign-in.
pub const PRACTICE_USER: &str = "abdouls";

const HUB: &str = "https://index.docker.io/v1/";

/// What `docker login` waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LoginQuestion {
    /// The user's name.
    Username {
        /// What is printed before.
        output: Output,
        /// The registry.
        server: String,
    },
    /// The password.
    Password {
        /// What is printed before.
        output: Output,
        /// The registry.
        server: String,
        /// The name given.
        user: String,
    },
}

impl LoginQuestion {
    /// What is printed before the question.
    pub fn output(&self) -> &Output {
        match self {
            Self::Username { output, .. } | Self::Password { output, .. } => output,
        }
    }

    /// The question itself.
    pub const fn prompt(&self) -> &'static str {
        match self {
            Self::Username { .. } => "Username: ",
            Self::Password { .. } => "Password: ",
        }
    }

    /// Whether the answer must not be shown.
    pub const fn is_secret(&self) -> bool {
        matches!(self, Self::Password { .. })
    }
}

impl Engine {
    pub(super) fn login(&mut self, login: &Login) -> Outcome {
        let server = server(login.server.as_deref());
        let mut output = Output::default();
        if login.password.is_some() {
            let text = "WARNING! Using --password via the CLI is insecure. Use --password-stdin.\n";
            output = output.err(text);
        }
        match (&login.username, &login.password) {
            (Some(user), Some(_)) => Outcome::Done(output.then(self.signed_in(&server, user))),
            (Some(_), None) if login.password_stdin => {
                let text = "Error: Cannot perform an interactive login from a non TTY device";
                Outcome::Done(output.err(text).exit(1))
            }
            (Some(user), None) => Outcome::Ask(ask_password(server, user)),
            (None, _) => {
                if server == DEFAULT_REGISTRY {
                    output = match self.profile {
                        Profile::V20_10 => output.out("Login with your Docker ID to push and pull images from Docker Hub. If you don't have a Docker ID, head over to https://hub.docker.com to create one.\n"),
                        Profile::V28 | Profile::V29 => output.note("This version of Docker would open a browser to sign in. Here it asks for a name and a password, as `docker login -u NAME` does."),
                    };
                }
                let note = format!("Practice sign-in: the user is `{PRACTICE_USER}`.");
                Outcome::Ask(LoginQuestion::Username { output: output.note(note), server })
            }
        }
    }

    /// The answer to a question of `docker login`.
    pub fn answer_login(&mut self, question: &LoginQuestion, answer: &str) -> Outcome {
        match question {
            LoginQuestion::Username { server, .. } if answer.trim().is_empty() => {
                let _ = server;
                Outcome::Done(Output::error("Error: Non-null Username Required", 1))
            }
            LoginQuestion::Username { server, .. } => {
                Outcome::Ask(ask_password(server.clone(), answer.trim()))
            }
            LoginQuestion::Password { server, user, .. } => {
                let output = self.signed_in(server, user);
                Outcome::Done(if answer.is_empty() {
                    output
                } else {
                    output.note(
                        "What you typed was not stored and not sent. The practice token was used.",
                    )
                })
            }
        }
    }

    fn signed_in(&mut self, server: &str, user: &str) -> Output {
        self.sign_in(server, user);
        let see = match self.profile {
            Profile::V20_10 => {
                "Your password will be stored unencrypted in /home/user/.docker/config.json.\nConfigure a credential helper to remove this warning. See\nhttps://docs.docker.com/engine/reference/commandline/login/#credentials-store\n"
            }
            Profile::V28 | Profile::V29 => {
                "Your credentials are stored unencrypted in '/home/user/.docker/config.json'.\nConfigure a credential helper to remove this warning. See\nhttps://docs.docker.com/go/credential-store/\n"
            }
        };
        Output::default().err(format!("WARNING! {see}\n")).out("Login Succeeded\n")
    }

    pub(super) fn logout(&mut self, logout: &Logout) -> Output {
        let server = server(logout.server.as_deref());
        let shown = if server == DEFAULT_REGISTRY { HUB } else { &server };
        if self.logins.remove(&server).is_none() {
            return Output::ok(format!("Not logged in to {shown}\n"));
        }
        Output::ok(format!("Removing login credentials for {shown}\n"))
    }
}

fn ask_password(server: String, user: &str) -> LoginQuestion {
    let note = "Press Enter to use the practice token. Never type a real password here.";
    LoginQuestion::Password { output: Output::default().note(note), server, user: user.to_owned() }
}

/// The registry that a word of `docker login` means.
fn server(word: Option<&str>) -> String {
    let word = word.unwrap_or(DEFAULT_REGISTRY);
    let bare = word.trim_start_matches("https://").trim_start_matches("http://");
    let host = bare.split('/').next().unwrap_or_default();
    match host {
        "index.docker.io" | "registry-1.docker.io" | "" => DEFAULT_REGISTRY.to_owned(),
        host => host.to_owned(),
    }
}
