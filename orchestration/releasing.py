"""From an audited build to a release: the gate, publishing, the note of what it was made from, the alerts."""

from __future__ import annotations

from contextlib import suppress

from orchestration.alerting import tell_of_release
from orchestration.auditing import gate
from orchestration.fingerprints import LastRefresh, write_last
from orchestration.runs import current_run, judged_at, open_build
from warehouse.drafting import Draft
from warehouse.quarantined_rows import write_extract
from warehouse.release_files import ReleaseInfo, names_on_disk
from warehouse.releases import publish
from warehouse.settings import Settings


def release(settings: Settings, draft: Draft) -> ReleaseInfo:
    """Publish the build. Raises `Blocked` when a blocking check failed; the old release stays."""
    failed, drafted = gate(settings), draft.finished()
    with open_build(settings) as con:
        run, as_of = current_run(con), judged_at(con)
        files = int(con.scalar("select count(*) from quality.files") or 0)
        withdrawn = [row["metric"] for row in con.rows("select distinct metric from quality.withdrawn")]
    manifest = {"files": files, "checks_failed": len(failed), "withdrawn": withdrawn}
    info = publish(settings, run=run.name, as_of=as_of, manifest=manifest, draft=drafted)
    write_last(settings, LastRefresh(run.fingerprint, run.name, info.name))
    # The release stands, with or without the raw rows beside it; a page without them says so.
    with suppress(OSError), open_build(settings) as con:
        write_extract(con, settings.paths, info.name, names_on_disk(settings.paths))
    tell_of_release(settings, run.name)
    return info
