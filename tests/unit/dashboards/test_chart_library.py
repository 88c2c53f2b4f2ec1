"""The chart library is cut down to what is drawn, and to nothing less."""

from __future__ import annotations

import re

import pytest

from dashboards.assets_build import SCRIPTS, package_file
from dashboards.chart_library import KINDS, cut

_FILLER = b"".join(b"var f%d=%d;" % (n, n) for n in range(120))
_BUNDLE = (
    b"/** licence */\n(function(r,f){r.x=f()}(self,()=>{"
    b'"use strict";var Plotly=(()=>{var W=(e)=>()=>e();' + _FILLER + b"var half=f7;"
    b"function loud(){return half}"
    b'var bars=W((a,e)=>{e.exports={moduleType:"trace",name:"bar",calc:loud}});'
    b"var bar=W((a,e)=>{e.exports=bars()});"
    b'var pie=W((a,e)=>{e.exports={moduleType:"trace",name:"pie",calc:round}});'
    b"function round(){return 3}"
    b"var shared={};N(shared,{half:()=>whole});N(other,{half:()=>round});var other={};var whole=1;"
    b"var core=W((a,e)=>{e.exports=shared});"
    b"var all=W((a,e)=>{var c=core();c.register([bar(),pie()]);e.exports=c});"
    b"return all();})();\n/*! notices\n*/\nwindow.Plotly=Plotly;return Plotly;}));"
)


def test_what_a_kept_kind_of_chart_reaches_is_kept_and_nothing_else() -> None:
    kept = cut(_BUNDLE, ("bar",)).decode()
    assert "c.register([bar()])" in kept
    for name in ("bars", "half", "loud", "f7", "core", "shared", "whole", "W"):
        assert re.search(rf"\b{name}\b", kept), name
    for name in ("pie", "round", "other", "f8"):
        assert not re.search(rf"\b{name}\b", kept), name


def test_the_licence_stays_on_top_and_the_notices_at_the_end() -> None:
    kept = cut(_BUNDLE, ("bar",))
    assert kept.startswith(b"/** licence */") and kept.endswith(b"/*! notices\n*/\n")


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        (b'name:"bar"', b'name:"rod"', "does not name each of these kinds of chart once: bar"),
        (b".register([", b".take([", "does not register its kinds of chart where it did"),
        (b"return all();", b"return all;", "does not end by returning its library"),
        (b"N(other,", b"N[1](other,", "statement of an unknown kind"),
    ],
)
def test_a_library_that_is_built_otherwise_is_refused_with_a_sentence(was: bytes, becomes: bytes, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        cut(_BUNDLE.replace(was, becomes), ("bar",))


def test_a_bundle_of_another_form_is_refused() -> None:
    with pytest.raises(ValueError, match="not one large function any more"):
        cut(b"/* a */ var x = 1; /* b */")


def test_the_installed_library_loses_most_of_its_code() -> None:
    whole = package_file(*next(iter(SCRIPTS.values()))).read_bytes()
    assert len(cut(whole, KINDS)) < len(whole) / 4
