"""`kb check` as a person runs it: languages, widths, pipes, mistakes."""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from kb.cli.app import main
from kb.cli.asked import about
from kb.cli.options import document, quoted
from kb.render.terminal.paper import columns
from kb.rules import open_rules
from kb.store.files import data_folder

ROOT = Path(__file__).parents[3]
FIXTURES = ROOT / "tests" / "fixtures"
HOUSE = str(FIXTURES / "house.yaml")
RULES = ["--rules", str(FIXTURES / "rules")]
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))


@pytest.fixture(autouse=True)
def cache(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.getbasetemp() / "kb-cache"
    monkeypatch.setenv("KB_CACHE", str(folder))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


def piped(*words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kb", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, **environ},
        check=False,
    )


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["DO NOW", "Information, not legal advice."]),
        ("zh", ["应立即办理", "仅供参考，不构成法律意见。"]),
        ("both", ["DO NOW · 应立即办理", "Information, not legal advice.\n仅供参考，不构成法律意见。"]),
    ],
)
def test_each_language(capsys: pytest.CaptureFixture[str], lang: str, words: list[str]) -> None:
    assert main(["check", HOUSE, *RULES, "--lang", lang]) == 0
    out = capsys.readouterr().out
    assert all(each in out for each in words)


def test_the_language_follows_the_locale(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    main(["check", HOUSE, *RULES])
    assert "应立即办理" in capsys.readouterr().out


@pytest.mark.parametrize("width", ["80", "110"])
def test_piped_output_is_plain_and_fits(width: str) -> None:
    done = piped("check", HOUSE, *RULES, "--lang", "both", COLUMNS=width)
    assert done.returncode == 0
    assert done.stderr == ""
    assert "\x1b" not in done.stdout
    # Commands stay on one line, so that they can be copied.
    lines = [line for line in done.stdout.splitlines() if not line.startswith("kb ")]
    assert max(map(columns, lines)) <= int(width)


def test_output_is_utf8_whatever_the_locale() -> None:
    done = piped("check", HOUSE, *RULES, "--lang", "zh", LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0
    assert "云雾茶行" in done.stdout


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = [sys.executable, "-m", "kb", "check", HOUSE, *RULES]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as run:
        assert run.stdout and run.stderr
        run.stdout.close()
        assert run.stderr.read() == b""
        assert run.wait() == 0


def test_the_same_bytes_twice() -> None:
    assert piped("check", HOUSE, *RULES).stdout == piped("check", HOUSE, *RULES).stdout


def test_json_is_the_assessment(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", HOUSE, *RULES, "--format", "json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["schema"] == "hegui/assessment/1"
    assert result["as_of"] == "2026-11-21"


def test_only_a_page_that_sets_fields_aside_is_made_from_less_than_everything(
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = ROOT / "examples" / "first-check.yaml"
    found = about(open_rules(data_folder("rules")), document(path), None)
    assert main(["check", str(path), "--format", "json"]) == 0
    whole = json.loads(capsys.readouterr().out)
    assert found.told(everything=True) == whole
    assert found.told() != whole
    cut = found._replace(topics=("sanctions",))
    assert cut.told() == cut.assessed()


def test_as_of_wins_over_the_profile(capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", HOUSE, *RULES, "--as-of", "2025-06-30"])
    out = capsys.readouterr().out
    assert "as of 2025-06-30" in out
    assert "the line is 5,000" in out


def test_the_command_suggested_next_can_be_run_as_printed(capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", HOUSE, *RULES])
    line = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("kb "))
    assert main(line.split()[1:]) == 0


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("kind: rule\n", "KB401", "kind: profile"),
        ("kind: profile\ncompany: {licenced: true}\n", "KB402", 'Did you mean "licensed"?'),
        ("kind: profile\ncompany: {licensed: maybe}\n", "KB404", "neither true nor false"),
        ("kind: profile\ncompany: {licensed: true, licensed: false}\n", "KB0", "licensed"),
        ("kind: profile\ncompany: [\n", "KB0", ""),
        (
            "kind: profile\ncompany: {licensed: false, chests-sold: 3}\n",
            "KB407",
            "a house without a licence sells nothing",
        ),
    ],
)
def test_a_bad_profile_is_a_located_message_and_exit_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, code: str, words: str
) -> None:
    profile = tmp_path / "bad.yaml"
    profile.write_text(text, encoding="utf-8")
    assert main(["check", str(profile), *RULES]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"{profile}:")
    assert code in err
    assert words in err
    assert "Traceback" not in err


@pytest.mark.parametrize("missing", ["no-such-file.yaml", "kb"])
def test_a_profile_that_cannot_be_read_is_exit_2_without_a_traceback(missing: str) -> None:
    done = piped("check", missing, *RULES)
    assert done.returncode == 2
    assert missing in done.stderr
    assert "Traceback" not in done.stderr


def test_a_check_imports_neither_models_nor_templates() -> None:
    code = (
        "import sys; from kb.cli.app import main; main(sys.argv[1:]);"
        "heavy = {name.partition('.')[0] for name in sys.modules} & {'pydantic', 'jinja2'};"
        "sys.exit(f'imported {heavy}' if heavy else 0)"
    )
    words = ["check", HOUSE, *RULES]
    piped(*words)  # compiles the rules, which does need the models
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_examples_are_shown_whole(example: Path, lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(example), "--lang", lang, "--all"]) == 0
    out = capsys.readouterr().out
    assert ("DO NOW" if lang == "en" else "应立即办理") in out
    assert not re.search(r"None(?! of)", out)
    assert "{'" not in out


def test_a_topic_narrows_the_check_and_the_header_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", HOUSE, *RULES, "--topic", "tea"]) == 0
    narrowed = capsys.readouterr().out
    assert "only Tea; other fields were not looked at" in narrowed and "DO NOW" in narrowed


@pytest.mark.parametrize("form", ["text", "json", "markdown"])
def test_an_unknown_topic_is_refused_with_the_list(capsys: pytest.CaptureFixture[str], form: str) -> None:
    assert main(["check", HOUSE, *RULES, "--topic", "tea", "--topic", "coffee", "--format", form]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == '--topic KB413 no rules on a topic "coffee". Topics: tea.\n'


def test_only_what_belongs_to_a_topic_is_looked_at() -> None:
    rules = open_rules(FIXTURES / "rules").check
    topics = {id_: each.get("topics", []) for id_, each in [*rules.rules.items(), *rules.decisions.items()]}
    assert rules.of_topics(["tea"]) == {id_ for id_, named in topics.items() if "tea" in named}


def test_a_profile_may_come_from_standard_input() -> None:
    command = [sys.executable, "-m", "kb", "check", "-", *RULES]
    text = Path(HOUSE).read_bytes()
    done = subprocess.run(command, input=text, capture_output=True, cwd=ROOT, check=True)
    from_file = piped("check", HOUSE, *RULES).stdout
    step = re.compile(r"^.*:\nkb .*\n", re.M)  # no command could read again what was piped in
    assert step.search(from_file)
    assert done.stdout.decode("utf-8") == step.sub("", from_file)


def test_a_mistake_in_standard_input_has_its_line() -> None:
    command = [sys.executable, "-m", "kb", "check", "-", *RULES]
    done = subprocess.run(command, input=b"kind: profile\ncompay: {}\n", capture_output=True, cwd=ROOT)
    assert done.returncode == 2
    assert done.stderr.decode("utf-8").startswith('-:2:1 KB402 unknown key "compay". Did you mean "company"?')


def test_rules_that_are_a_link_in_a_circle_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert main(["check", HOUSE, "--rules", str(tmp_path / "a")]) == 2
    assert f"{tmp_path / 'a'}:1:1 KB002 cannot be read: " in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "read"),
    [
        (["check", "tea.yaml"], "tea.yaml"),
        (["check", "../folder"], "tea.yaml"),
        (["check", "many.csv"], "many.csv"),
        (["report", "tea.yaml", "--format", "html"], "tea.yaml"),
    ],
)
def test_a_result_never_takes_the_place_of_what_it_is_made_from(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    read: str,
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    monkeypatch.chdir(folder)
    (folder / read).write_bytes(Path(HOUSE).read_bytes())
    assert main([*words, "-o", f"../folder/{read}", *RULES]) == 2
    assert "KB459" in capsys.readouterr().err
    assert (folder / read).read_bytes() == Path(HOUSE).read_bytes()


def test_commands_name_the_profile_whatever_it_is_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("RULE & TOPICS.yaml").write_bytes(Path(HOUSE).read_bytes())
    main(["check", "RULE & TOPICS.yaml", *RULES, "--topic", "tea"])
    told = [line for line in capsys.readouterr().out.splitlines() if line.startswith("kb ")]
    assert told
    for line in told:
        words = shlex.split(line)
        assert "RULE & TOPICS.yaml" in words
        assert not {"RULE", "PROFILE", "TOPICS"} & set(words)


@pytest.mark.parametrize(
    ("path", "typed"), [("茶.yaml", "茶.yaml"), ("a&b$c", "'a&b$c'"), ("-x", "./-x"), ("-", "-")]
)
def test_a_path_can_be_pasted(path: str, typed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.cli.options._WINDOWS", False)
    assert quoted(Path(path)) == typed


def test_a_file_holds_no_colours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdout", Terminal())
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert main(["check", HOUSE, *RULES]) == 0
    assert "\x1b" in sys.stdout.getvalue()  # type: ignore[attr-defined]
    assert main(["check", HOUSE, *RULES, "-o", str(tmp_path / "out.txt")]) == 0
    assert "\x1b" not in (tmp_path / "out.txt").read_text(encoding="utf-8")
