//! How programs read their arguments: which flags have values, and which commands install packages.

use std::{borrow::Cow, ops::Range};

use super::{Arg, Word, words::words};

/// A program, or several that read their arguments alike.
#[derive(Debug)]
pub(super) struct Tool {
    /// Its names.
    pub(super) names: &'static [&'static str],
    /// The subcommands that install the packages named behind them.
    pub(super) installs: &'static [&'static str],
    /// The flags whose value is the next word, or stands behind `=`.
    pub(super) values: &'static [&'static str],
}

macro_rules! row {
    ($names:tt, $installs:tt, $values:tt $(,)?) => {
        Tool { names: words!($names), installs: words!($installs), values: words!($values) }
    };
}

/// Programs whose flags have one dash and whole names.
const ONE_DASH: [&str; 3] = ["go", "find", "java"];

/// `-a`, `-b` and so on, one after the other.
const LETTERS: &str = "-a-b-c-d-e-f-g-h-i-j-k-l-m-n-o-p-q-r-s-t-u-v-w-x-y-z\
     -A-B-C-D-E-F-G-H-I-J-K-L-M-N-O-P-Q-R-S-T-U-V-W-X-Y-Z";

/// From the manuals of the programs.
static TOOLS: [Tool; 32] = [
    row!(
        "apt-get apt aptitude",
        "install reinstall build-dep",
        "-t --target-release --default-release -o --option -c --config-file -a --host-architecture -P \
         --build-profiles",
    ),
    row!(
        "apk",
        "add",
        "-X --repository -p --root -t --virtual --arch --keys-dir --repositories-file --wait --cache-dir \
         --cache-max-age --progress-fd --timeout",
    ),
    row!(
        "yum dnf microdnf dnf5 tdnf",
        "install localinstall reinstall",
        "-c --config -d --debuglevel -e --errorlevel -x --exclude --excludepkgs --enablerepo --disablerepo \
         --enable-repo --disable-repo --repo --repoid --installroot --releasever --setopt --disableexcludes \
         --disableexcludepkgs --downloaddir --destdir --forcearch --advisory --advisories --bz --bzs --cve --cves \
         --sec-severity --secseverity --comment --color --rpmverbosity -R --randomwait --disableplugin --enableplugin \
         --repofrompath",
    ),
    row!(
        "zypper",
        "install in source-install si",
        "-r --repo -t --type --from -R --root --installroot -c --config -D --reposd-dir -C --cache-dir \
         --raw-cache-dir --solv-cache-dir --pkg-cache-dir -p --plus-repo --plus-content --releasever --download \
         --userdata",
    ),
    row!(
        "pip pip2 pip3 pipx pip2.7 pip3.5 pip3.6 pip3.7 pip3.8 pip3.9 pip3.10 pip3.11 pip3.12 pip3.13 pip3.14",
        "install",
        "-r --requirement -c --constraint -e --editable -t --target --platform --python-version --implementation \
         --abi --root --prefix --src --upgrade-strategy -C --config-settings --config-setting --global-option \
         --build-option --install-option --no-binary --only-binary --progress-bar --root-user-action --report -i \
         --index-url --extra-index-url -f --find-links --log --proxy --retries --timeout --exists-action \
         --trusted-host --cert --client-cert --cache-dir --python --use-feature --use-deprecated --keyring-provider \
         -d --dest --download -w --wheel-dir -b --build --group --index --default-index --resolution -p",
    ),
    row!(
        "npm",
        "install i add ci isntall",
        "--prefix -C --registry -w --workspace --loglevel --cache --userconfig --globalconfig --omit --include --only \
         --tag --access --otp --auth-type --before --script-shell --location --install-strategy --fetch-retries \
         --fetch-timeout --fetch-retry-mintimeout --fetch-retry-maxtimeout --maxsockets --node-options --python --cpu \
         --os --libc",
    ),
    row!(
        "yarn",
        "add",
        "--cwd --cache-folder --modules-folder --registry --network-timeout --network-concurrency --mutex \
         --use-yarnrc --global-folder --prefix --otp --preferred-cache-folder --link-folder --https-proxy --proxy \
         --mode",
    ),
    row!(
        "pnpm",
        "add install i",
        "-C --dir --filter -F --registry --store-dir --reporter --loglevel --workspace-concurrency --config-dir \
         --virtual-store-dir --modules-dir --lockfile-dir --child-concurrency --network-concurrency --global-dir \
         --global-bin-dir",
    ),
    row!(
        "bun",
        "add install i a",
        "--cwd -c --config --registry --cache-dir --backend --filter --omit --network-concurrency \
         --concurrent-scripts",
    ),
    row!(
        "gem",
        "install i",
        "-v --version -i --install-dir -n --bindir -P --trust-policy -s --source -p --http-proxy -B --bulk-threshold \
         --platform --document --file --config-file --build-root --without -r --target-rbconfig",
    ),
    row!(
        "go",
        "install get run",
        "-o -p -tags -ldflags -gcflags -asmflags -mod -modfile -overlay -C -installsuffix -buildmode -compiler -exec \
         -pkgdir -toolexec -covermode -coverpkg -pgo -run -timeout -count",
    ),
    row!(
        "cargo",
        "install add",
        "--version --vers --git --branch --tag --rev --path --root --index --registry --target --features -F \
         --profile -j --jobs --bin --example --target-dir --color --config -Z -p --package --manifest-path \
         --message-format --exclude",
    ),
    row!(
        "wget",
        "",
        "-o --output-file -a --append-output -e --execute -i --input-file -B --base --config -t --tries -O \
         --output-document --progress -T --timeout --dns-timeout --connect-timeout --read-timeout -w --wait \
         --waitretry -Q --quota --bind-address --limit-rate --header --user --password -U --user-agent --referer \
         --post-data --post-file --method --body-data --body-file --ca-certificate --ca-directory --certificate \
         --private-key --secure-protocol --load-cookies --save-cookies -P --directory-prefix --cut-dirs --http-user \
         --http-password --proxy-user --proxy-password --default-page --max-redirect -l --level -A --accept -R \
         --reject -D --domains --exclude-domains -I --include-directories -X --exclude-directories --accept-regex \
         --reject-regex --regex-type --restrict-file-names --start-pos --prefer-family --retry-on-http-error \
         --hsts-file --compression --ciphers --pinnedpubkey",
    ),
    row!(
        "curl",
        "",
        "-A --user-agent -b --cookie -c --cookie-jar -C --continue-at -d --data --data-raw --data-binary --data-ascii \
         --data-urlencode --json -D --dump-header -e --referer -E --cert --cert-type --key --key-type --pass -F \
         --form --form-string -H --header -K --config -m --max-time --connect-timeout --max-redirs --max-filesize -o \
         --output --output-dir -P --ftp-port -Q --quote -r --range --retry --retry-delay --retry-max-time -t \
         --telnet-option -T --upload-file -u --user -U --proxy-user -w --write-out -x --proxy -X --request -y \
         --speed-time -Y --speed-limit -z --time-cond --cacert --capath --ciphers --limit-rate --url --resolve \
         --interface --noproxy --preproxy --socks5 --socks5-hostname --unix-socket --proto --proto-default \
         --proto-redir --tls-max --tls13-ciphers --crlfile --pinnedpubkey --netrc-file --oauth2-bearer --trace \
         --trace-ascii --stderr --connect-to --dns-servers --doh-url --local-port --rate --parallel-max --variable \
         --aws-sigv4 --keepalive-time --proxy-header",
    ),
    row!(
        "useradd",
        "",
        "-b --base-dir -c --comment -d --home-dir -e --expiredate -f --inactive -g --gid -G --groups -k --skel -K \
         --key -p --password -R --root -P --prefix -s --shell -u --uid -Z --selinux-user",
    ),
    row!(
        "usermod",
        "",
        "-c --comment -d --home -e --expiredate -f --inactive -g --gid -G --groups -l --login -p --password -R --root \
         -P --prefix -s --shell -u --uid",
    ),
    row!(
        "adduser",
        "",
        "-h --home -g --gecos -s --shell -G --ingroup -u --uid -k --firstuid --lastuid --firstgid --lastgid --gid \
         --comment --conf",
    ),
    row!(
        "groupadd addgroup",
        "",
        "-g --gid -K --key -p --password -R --root -P --prefix -U --users --conf --firstgid --lastgid",
    ),
    row!(
        "ln cp mv install",
        "",
        "-t --target-directory -S --suffix -m --mode -o --owner -g --group",
    ),
    row!(
        "tar bsdtar",
        "",
        "-f --file -C --directory -X --exclude-from -T --files-from --exclude -b --blocking-factor -g \
         --listed-incremental -H --format -I --use-compress-program -K --starting-file -L --tape-length -N --newer \
         --transform --xform --strip-components --owner --group --mode --mtime -V --label --checkpoint-action \
         --to-command --sort --pax-option --warning --suffix",
    ),
    row!("mkdir", "", "-m --mode"),
    row!("chown chgrp", "", "--from --reference"),
    row!("chmod", "", "--reference"),
    row!(
        "git",
        "",
        "-C -c -b --branch --depth --git-dir --work-tree -o --origin -u --upload-pack --reference --separate-git-dir \
         -j --jobs --config --namespace --shallow-since --shallow-exclude --filter --server-option --template",
    ),
    row!("unzip", "", "-d -x -P"),
    row!("sed", "", "-e --expression -f --file -l --line-length"),
    row!(
        "grep egrep fgrep",
        "",
        "-e --regexp -f --file -m --max-count -A --after-context -B --before-context -C --context --include --exclude \
         --exclude-dir --exclude-from --label",
    ),
    row!(
        "gpg gpg2",
        "",
        "--keyserver --keyserver-options --homedir --keyring -o --output -r --recipient -u --local-user --passphrase \
         --passphrase-file --trust-model",
    ),
    row!(
        "make ninja gmake",
        "",
        "-C --directory -f --file -I --include-dir -o --old-file -W --what-if",
    ),
    row!(
        "docker podman",
        "",
        "-u --username -p --password -f --file -t --tag -v --volume -e --env --name -w --workdir",
    ),
    row!("su", "", "-c --command -s --shell -g --group -G --supp-group -w --whitelist-environment"),
    row!("find", "", ""),
];

/// The program with this name.
pub(super) fn tool(name: &str) -> Option<&'static Tool> {
    TOOLS.iter().find(|it| it.names.contains(&name))
}

/// Whether the word after `flag`, a flag without a value of its own, is its value.
pub(super) fn is_value_flag(values: &[&str], flag: &str) -> bool {
    if flag.starts_with("--") {
        return values.contains(&flag);
    }
    let mut letters = flag.char_indices().skip(1);
    let first = letters.find(|it| values.contains(&&*short(it.1)));
    first.is_some_and(|(at, it)| at + it.len_utf8() == flag.len())
}

/// The flag of one letter.
fn short(letter: char) -> Cow<'static, str> {
    let place = match letter {
        'a'..='z' => letter as usize - 'a' as usize,
        'A'..='Z' => letter as usize - 'A' as usize + 26,
        _ => return format!("-{letter}").into(),
    };
    LETTERS.get(2 * place..2 * place + 2).unwrap_or_default().into()
}

/// The arguments as a program reads them. Without a table no flag has a value but that behind `=`.
pub(super) fn args<'t>(tool: Option<&Tool>, words: &[Word<'t>]) -> Vec<Arg<'t>> {
    let (name, values) =
        tool.map_or(("", &[][..]), |it| (it.names.first().copied().unwrap_or_default(), it.values));
    let one_dash = ONE_DASH.contains(&name);
    let mut args = Vec::with_capacity(words.len());
    let mut words = words.iter().copied().peekable();
    // `tar xzf file`: the first word needs no dash.
    if name == "tar" && words.peek().is_some_and(|it| is_letters(&it.rough())) {
        let Some(word) = words.next() else { return args };
        for letter in word.rough().chars() {
            let name = short(letter);
            let value = if values.contains(&&*name) { words.next().map(Word::rough) } else { None };
            args.push(Arg::Flag { name, value, word });
        }
    }
    let mut is_over = false;
    while let Some(word) = words.next() {
        let text = word.rough();
        if is_over || text.len() < 2 || !text.starts_with('-') {
            args.push(Arg::Operand(word));
        } else if text == "--" {
            is_over = true;
        } else if text.starts_with("--") || one_dash {
            let (name, value) = match text.find('=') {
                Some(at) => (part(word, 0..at), Some(part(word, at + 1..text.len()))),
                None if values.contains(&&*text) => (text, words.next().map(Word::rough)),
                None => (text, None),
            };
            args.push(Arg::Flag { name, value, word });
        } else {
            letters(&text, values, word, &mut words, &mut args);
        }
    }
    args
}

/// A part of what a word is.
fn part(word: Word<'_>, range: Range<usize>) -> Cow<'_, str> {
    match word.rough() {
        Cow::Borrowed(text) => text.get(range).unwrap_or_default().into(),
        Cow::Owned(text) => text.get(range).unwrap_or_default().to_owned().into(),
    }
}

/// `-abc`, `-fvalue`, `-q=2`.
fn letters<'t>(
    text: &str,
    values: &[&str],
    word: Word<'t>,
    words: &mut impl Iterator<Item = Word<'t>>,
    args: &mut Vec<Arg<'t>>,
) {
    for (at, letter) in text.char_indices().skip(1) {
        let name = short(letter);
        let start = at + letter.len_utf8();
        let rest = text.get(start..).unwrap_or_default();
        let value = if rest.starts_with('=') {
            Some(part(word, start + 1..text.len()))
        } else if !values.contains(&&*name) {
            None
        } else if rest.is_empty() {
            words.next().map(Word::rough)
        } else {
            Some(part(word, start..text.len()))
        };
        let is_last = value.is_some();
        args.push(Arg::Flag { name, value, word });
        if is_last {
            break;
        }
    }
}

fn is_letters(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|it| it.is_ascii_alphabetic())
}
