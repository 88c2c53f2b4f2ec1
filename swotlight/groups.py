"""Commands that have further words, such as `swotlight releases prune`."""

from __future__ import annotations

import click


class ListingGroup(click.Group):
    """A group that lists when no word comes after it, and names its words for one that is unknown."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Like click's own, with every name for one that is unknown."""
        if args[0] not in self.commands and not args[0].startswith("-"):
            from warehouse.errors import UsageError

            known = ", ".join(self.commands)
            raise UsageError(
                f"There is no `{self.name} {args[0]}`.", code="unknown_command", key=args[0], hint=f"There are {known}."
            )
        return super().resolve_command(ctx, args)
