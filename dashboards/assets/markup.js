/* The one component of our own: markup made in Python, its charts drawn by the local Plotly. */
(function () {
  "use strict";
  const key = (node) => node && node.dataset && (node.dataset.focus || node.dataset.item || node.getAttribute("href"));

  const show = (node, id, markup) => {
    if (window.swotlight.takeOver && markup === window.swotlight.first[id] && window.swotlight.takeOver(node, id)) return;
    const stale = document.querySelector('[data-first="' + id + '"]');
    if (stale) stale.remove();
    node.querySelectorAll(".js-plotly-plot").forEach((plot) => window.Plotly && window.Plotly.purge(plot));
    node.innerHTML = markup;
    window.swotlight.drawCharts(node);
  };

  window.swotlight.PageMarkup = function PageMarkup(props) {
    const box = window.React.useRef(null);
    const focused = window.React.useRef(null);
    if (box.current && box.current.dataset.html !== undefined && box.current.contains(document.activeElement)) {
      const menu = document.activeElement.closest("details.menu");
      focused.current = key(menu ? menu.querySelector("summary") : document.activeElement);
    }
    const markup = props.html || window.swotlight.first[props.id] || "";
    window.React.useLayoutEffect(() => {
      const node = box.current;
      show(node, props.id, markup);
      node.dataset.html = "";
      if (focused.current) {
        const same = [...node.querySelectorAll("a, button, summary, [data-item]")].find((one) => key(one) === focused.current);
        if (same) same.focus({ preventScroll: true });
        focused.current = null;
      }
      node.dispatchEvent(new CustomEvent("swotlight:drawn", { bubbles: true, detail: { id: props.id } }));
    }, [markup]);
    const attributes = { id: props.id, ref: box, className: props.className || undefined, "aria-label": props.label || undefined };
    if (props.tag === "main") attributes.tabIndex = -1;
    if (props.tag === "div" && props.label) attributes.role = "region";
    return window.React.createElement(props.tag || "div", attributes);
  };
})();
