"""The Dash component that shows markup made in Python and draws the charts inside it (``assets/markup.js``)."""

from __future__ import annotations

from typing import Any, ClassVar

from dash.development.base_component import Component


class PageMarkup(Component):
    """An element of kind `tag` whose content is `html`; charts are its ``[data-chart]`` elements."""

    _children_props: ClassVar[list[str]] = []  # type: ignore[misc]
    _base_nodes: ClassVar[list[str]] = ["children"]  # type: ignore[misc]
    _namespace = "swotlight"
    _type = "PageMarkup"
    _valid_wildcard_attributes: ClassVar[list[str]] = ["data-", "aria-"]  # type: ignore[misc]

    def __init__(
        self, id: str, tag: str = "div", html: str = "", className: str = "", label: str = "", **options: Any
    ) -> None:
        self._prop_names = ["id", "tag", "html", "className", "label"]
        self.available_properties = self._prop_names
        self.available_wildcard_properties = self._valid_wildcard_attributes
        super().__init__(id=id, tag=tag, html=html, className=className, label=label, **options)
