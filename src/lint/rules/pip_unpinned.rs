use crate::lint::{
    checker::Checker,
    declare::rule,
    packages::{action, installed, report_unpinned},
    pip::{is_pinned, pips},
};

rule! {
    /// Without a version the same file installs something else tomorrow, and a new major version breaks what worked.
    ///
    /// ```dockerfile bad
    /// FROM python:3.13
    /// RUN pip install --upgrade pip && python3 -m pip install flask==3.1 requests[socks] "celery"
    /// #                         ^^^ `pip` has no version
    /// #                                                                  ^^^^^^^^^^^^^^^ `requests[socks]` and `celery` have no version
    /// RUN uv pip install --system git+https://github.com/me/tool
    /// #                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `git+https://github.com/me/tool` has no version
    /// ```
    ///
    /// Name versions, or a file that does: of requirements, or of constraints. Files and folders have the version that
    /// they have, and what is in a variable without a value is not known.
    ///
    /// ```dockerfile good
    /// FROM python:3.13
    /// ARG FLASK=3.1 MORE
    /// RUN pip install flask==$FLASK 'requests>=2,<3' celery~=5.5 "tool @ https://example.org/tool.whl"
    /// RUN pip install -rrequirements.txt gunicorn && pip install --constraint=c.txt gunicorn
    /// RUN pip install . -e .[dev] ./lib dist/*.whl git+https://github.com/me/tool@v1 $MORE
    /// RUN pip install --no-index --find-links=/wheels app && pip download app && pipx install app
    /// ```
    ///
    /// ```dockerfile good
    /// FROM python:3.13
    /// ENV PIP_CONSTRAINT=/etc/constraints.txt
    /// RUN pip install flask
    /// ```
    DW441 "pip-unpinned" Warning On
    "DL3013 KICS"
    check
}

/// The flags that say where versions are.
const FILES: [&str; 6] =
    ["-r", "--requirement", "--requirements", "-c", "--constraint", "--no-index"];

fn check(checker: &Checker<'_>) {
    for (run, _, command) in pips(checker) {
        let has_constraints = ["PIP_CONSTRAINT", "UV_CONSTRAINT"]
            .iter()
            .any(|it| checker.variable(run, it).is_some() || run.assigns(it));
        if action(command) != "install" || has_constraints || checker.has_flag(run, command, &FILES)
        {
            continue;
        }
        let packages = installed(checker, run, command).unwrap_or_default();
        report_unpinned(
            checker,
            &packages,
            is_pinned,
            "Write name==version, or name them in a file for -r or -c.",
        );
    }
}
