//! The forms in which findings are printed.

use super::check;
use expect_test::expect;

#[test]
fn every_form_has_the_same_findings() {
    let files =
        [("Dockerfile", "FROM debian\n# hadolint ignore=DL3004\nRUN sudo \"<é>\"\nCMD a\n")];
    check(
        &files,
        "--select DW101,DW601,DW706 --format full",
        &expect![[r#"
            warning[DW101]: `debian` has no tag, so it means `debian:latest`
             --> Dockerfile:1:6
              |
            1 | FROM debian
              |      ^^^^^^
              = help: Write the version that you mean, such as the one you build with today.

            warning[DW706]: this `CMD` runs in a shell, which does not pass signals on
             --> Dockerfile:4:5
              |
            4 | CMD a
              |     ^
              = help: Write it as a JSON array of words.

            2 findings in 1 file.
            1 repair may change the image: look with --diff --unsafe-fixes.
            --- 1
        "#]],
    );
    check(
        &files,
        "--select DW101,DW601,DW706 --format json",
        &expect![[r#"
        {
          "files": [
            {
              "file": "Dockerfile",
              "findings": [
                {
                  "code": "DW101",
                  "column": 6,
                  "end": 11,
                  "end_column": 12,
                  "end_line": 1,
                  "fix": null,
                  "help": "Write the version that you mean, such as the one you build with today.",
                  "line": 1,
                  "message": "`debian` has no tag, so it means `debian:latest`",
                  "name": "untagged-image",
                  "severity": "warning",
                  "start": 5
                },
                {
                  "code": "DW706",
                  "column": 5,
                  "end": 58,
                  "end_column": 6,
                  "end_line": 4,
                  "fix": {
                    "edits": [
                      {
                        "end": 58,
                        "start": 57,
                        "text": "[\"a\"]"
                      }
                    ],
                    "safety": "unsafe",
                    "title": "Write as a JSON array"
                  },
                  "help": "Write it as a JSON array of words.",
                  "line": 4,
                  "message": "this `CMD` runs in a shell, which does not pass signals on",
                  "name": "shell-form-command",
                  "severity": "warning",
                  "start": 57
                }
              ],
              "silenced": [
                {
                  "code": "DW601",
                  "column": 5,
                  "end": 45,
                  "end_column": 9,
                  "end_line": 3,
                  "fix": null,
                  "help": "Leave it out, or switch with USER.",
                  "line": 3,
                  "message": "`sudo` in a build",
                  "name": "sudo",
                  "severity": "error",
                  "start": 41
                }
              ]
            }
          ],
          "version": 1
        }
        --- 1
    "#]],
    );
    check(
        &files,
        "--select DW101,DW601,DW706 --format json-lines",
        &expect![[r#"
        {"code":"DW101","column":6,"end":11,"end_column":12,"end_line":1,"file":"Dockerfile","fix":null,"help":"Write the version that you mean, such as the one you build with today.","line":1,"message":"`debian` has no tag, so it means `debian:latest`","name":"untagged-image","severity":"warning","start":5}
        {"code":"DW706","column":5,"end":58,"end_column":6,"end_line":4,"file":"Dockerfile","fix":{"edits":[{"end":58,"start":57,"text":"[\"a\"]"}],"safety":"unsafe","title":"Write as a JSON array"},"help":"Write it as a JSON array of words.","line":4,"message":"this `CMD` runs in a shell, which does not pass signals on","name":"shell-form-command","severity":"warning","start":57}
        --- 1
    "#]],
    );
    check(
        &files,
        "--select DW101,DW601,DW706 --format github",
        &expect![[r#"
        ::warning file=Dockerfile,line=1,endLine=1,col=6,endColumn=12,title=DW101::`debian` has no tag, so it means `debian:latest`
        ::warning file=Dockerfile,line=4,endLine=4,col=5,endColumn=6,title=DW706::this `CMD` runs in a shell, which does not pass signals on
        --- 1
    "#]],
    );
    check(
        &files,
        "--select DW101,DW601,DW706 --format gitlab",
        &expect![[r#"
        [
          {
            "categories": [
              "Style"
            ],
            "check_name": "DW101",
            "description": "`debian` has no tag, so it means `debian:latest`",
            "fingerprint": "7a21f16cf556a20a",
            "location": {
              "path": "Dockerfile",
              "positions": {
                "begin": {
                  "column": 6,
                  "line": 1
                },
                "end": {
                  "column": 12,
                  "line": 1
                }
              }
            },
            "severity": "major",
            "type": "issue"
          },
          {
            "categories": [
              "Style"
            ],
            "check_name": "DW706",
            "description": "this `CMD` runs in a shell, which does not pass signals on",
            "fingerprint": "8dd56c44b3984d3a",
            "location": {
              "path": "Dockerfile",
              "positions": {
                "begin": {
                  "column": 5,
                  "line": 4
                },
                "end": {
                  "column": 6,
                  "line": 4
                }
              }
            },
            "severity": "major",
            "type": "issue"
          }
        ]
        --- 1
    "#]],
    );
    check(
        &files,
        "--select DW101,DW601,DW706 --format junit",
        &expect![[r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="dockwright" failures="2">
          <testsuite name="Dockerfile" tests="2" failures="2">
            <testcase name="DW101 line 1" classname="Dockerfile"><failure type="warning" message="`debian` has no tag, so it means `debian:latest`"/></testcase>
            <testcase name="DW706 line 4" classname="Dockerfile"><failure type="warning" message="this `CMD` runs in a shell, which does not pass signals on"/></testcase>
          </testsuite>
        </testsuites>
        --- 1
    "#]],
    );
    check(
        &files,
        "--select DW101,DW601,DW706 --format checkstyle",
        &expect![[r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <checkstyle version="4.3">
          <file name="Dockerfile">
            <error line="1" column="6" severity="warning" message="`debian` has no tag, so it means `debian:latest`" source="DW101"/>
            <error line="4" column="5" severity="warning" message="this `CMD` runs in a shell, which does not pass signals on" source="DW706"/>
          </file>
        </checkstyle>
        --- 1
    "#]],
    );
    check(
        &files,
        "--select DW101,DW601,DW706 --format rdjson",
        &expect![[r#"
        {
          "diagnostics": [
            {
              "code": {
                "value": "DW101"
              },
              "location": {
                "path": "Dockerfile",
                "range": {
                  "end": {
                    "column": 12,
                    "line": 1
                  },
                  "start": {
                    "column": 6,
                    "line": 1
                  }
                }
              },
              "message": "`debian` has no tag, so it means `debian:latest`",
              "severity": "WARNING",
              "suggestions": []
            },
            {
              "code": {
                "value": "DW706"
              },
              "location": {
                "path": "Dockerfile",
                "range": {
                  "end": {
                    "column": 6,
                    "line": 4
                  },
                  "start": {
                    "column": 5,
                    "line": 4
                  }
                }
              },
              "message": "this `CMD` runs in a shell, which does not pass signals on",
              "severity": "WARNING",
              "suggestions": [
                {
                  "range": {
                    "end": {
                      "column": 6,
                      "line": 4
                    },
                    "start": {
                      "column": 5,
                      "line": 4
                    }
                  },
                  "text": "[\"a\"]"
                }
              ]
            }
          ],
          "source": {
            "name": "dockwright"
          }
        }
        --- 1
    "#]],
    );
    check(
        &files,
        "--select DW101,DW601,DW706 --statistics",
        &expect![[r#"
             1  DW101  untagged-image
             1  DW706  shell-form-command
        --- 1
    "#]],
    );
}
