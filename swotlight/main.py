"""The entry point `swotlight`: finds the command, runs it, and turns refusals into a sentence and an exit code."""

from __future__ import annotations

import atexit
import os
import sys
import threading
import warnings
from collections.abc import Sequence
from contextlib import suppress
from typing import NoReturn

import click

from swotlight.output import show_error
from warehouse.errors import SwotlightError, UsageError

COMMANDS = {
    "init": "init",
    "demo": "demo",
    "inspect": "inspect",
    "add": "add",
    "refresh": "refresh",
    "serve": "serve",
    "schedule": "schedule",
    "status": "status",
    "quarantine": "quarantine",
    "query": "query",
    "sql": "sql",
    "metric": "metric",
    "swot": "swot",
    "objectives": "objectives",
    "staffing": "staffing",
    "report": "report",
    "releases": "releases",
}


class Commands(click.Group):
    """Commands in the order in which one needs them, each imported when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name."""
        if cmd_name not in COMMANDS:
            return None
        from importlib import import_module

        command: click.Command = import_module(f"swotlight.commands.{COMMANDS[cmd_name]}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Like click's own, with the nearest names for one that is unknown."""
        name = args[0]
        if not name.startswith("-") and name not in COMMANDS:
            raise UsageError(
                f"There is no command {name!r}.", code="unknown_command", key=name, hint=_nearest(name, list(COMMANDS))
            )
        return super().resolve_command(ctx, args)


def _nearest(name: str, known: Sequence[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, known, n=3, cutoff=0.5)
    return f"Did you mean {' or '.join(near)}?" if near else f"Commands: {', '.join(known)}."


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--workspace", "-w", metavar="DIR", help="The workspace; else SWOTLIGHT_WORKSPACE, else this folder.")
@click.version_option(package_name="swotlight", prog_name="swotlight")
@click.pass_context
def cli(context: click.Context, workspace: str | None) -> None:
    """Customer-service figures and evidence-based SWOT dashboards, from your exports.

    Begin with `swotlight demo DIR`, or with `swotlight init DIR` and your own files.
    """
    context.obj = workspace


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 0 done, 1 refused, 2 wrong usage."""
    given = _workspace_first(list(sys.argv[1:] if arguments is None else arguments))
    as_json = "--json" in given
    if not sys.warnoptions:
        # What libraries say to developers is no news for a user; -W shows it.
        warnings.simplefilter("ignore")
    try:
        code = cli.main(args=given, prog_name="swotlight", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except click.UsageError as error:
        return show_error(_in_our_words(error), as_json)
    except click.ClickException as error:
        return show_error(UsageError(error.format_message(), code="usage"), as_json)
    except SwotlightError as error:
        return show_error(error, as_json)
    except (KeyboardInterrupt, click.Abort):
        return show_error(SwotlightError("Stopped.", code="interrupted"), as_json)
    except SystemExit as ended:
        # A server that is told to stop ends so.
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BrokenPipeError:
        return _reader_went_away()
    except OSError as error:
        return show_error(_of_the_disk(error) or _unforeseen(error, given), as_json)
    except Exception as error:
        return show_error(_unforeseen(error, given), as_json)


def _workspace_first(arguments: list[str]) -> list[str]:
    """``--workspace`` is understood wherever it stands."""
    until = arguments.index("--") if "--" in arguments else len(arguments)
    for place, argument in enumerate(arguments[:until]):
        if argument == "--workspace" and place + 1 < until:
            return [argument, arguments[place + 1], *arguments[:place], *arguments[place + 2 :]]
        if argument.startswith("--workspace="):
            return [argument, *arguments[:place], *arguments[place + 1 :]]
    return arguments


def _in_our_words(error: click.UsageError) -> UsageError:
    from swotlight.wrong_usage import as_sentence

    return as_sentence(error)


def _reader_went_away() -> int:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _of_the_disk(error: OSError) -> SwotlightError | None:
    """What a folder or disk refused, in a sentence; None for what has no file or another cause."""
    from warehouse.release_files import disk_refusal

    told = disk_refusal(error)
    return told if error.filename and told.code != "disk" else None


def _unforeseen(error: Exception, arguments: Sequence[str]) -> SwotlightError:
    """A fault of ours: the user gets a sentence, the log of the workspace gets the rest."""
    from swotlight.faults import note_fault

    path = note_fault(error, arguments)
    return SwotlightError(
        f"Something went wrong that Swotlight did not foresee: {type(error).__name__}: {error}",
        code="fault",
        file=str(path) if path else None,
        hint="That file tells where; please report it." if path else "Please report it.",
    )


def run() -> NoReturn:
    """The program itself: `main`, and an end that does not take the interpreter apart.

    After a refresh that takes half a second, and DuckDB's binding lists on standard error what extension modules of
    other libraries still hold of it. Everything that was asked to happen at the end happens.
    """
    code = main()
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    with suppress(BrokenPipeError):
        sys.stdout.flush()
    with suppress(BrokenPipeError):
        sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    run()
