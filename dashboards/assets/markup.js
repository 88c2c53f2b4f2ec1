/* The one component of our own: markup made in Python, its charts drawn by the local Plotly. */
(function () {
  "use strict";
  const key = (node) => node && node.dataset && (node.dataset.focus || node.dataset.item || node.getAttribute("href"));

  const drawCharts = (root) => {
    root.querySelectorAll("[data-chart]").forEach((box) => {
      const chart = JSON.parse(box.dataset.chart);
      const target = box.querySelector(".canvas");
      const draw = () => {
        if (!target.isConnected) return;
        window.Plotly.newPlot(target, chart.data, chart.layout, chart.config);
      };
      if (window.Plotly) draw(); else document.getElementById("plotly-script").addEventListener("load", draw, { once: true });
    });
  };

  window.swotlight = window.swotlight || {};
  window.swotlight.PageMarkup = function PageMarkup(props) {
    const box = window.React.useRef(null);
    const focused = window.React.useRef(null);
    if (box.current && box.current.dataset.html !== undefined && box.current.contains(document.activeElement)) {
      const menu = document.activeElement.closest("details.menu");
      focused.current = key(menu ? menu.querySelector("summary") : document.activeElement);
    }
    window.React.useLayoutEffect(() => {
      const node = box.current;
      node.querySelectorAll(".js-plotly-plot").forEach((plot) => window.Plotly && window.Plotly.purge(plot));
      node.innerHTML = props.html || "";
      node.dataset.html = "";
      drawCharts(node);
      if (focused.current) {
        const same = [...node.querySelectorAll("a, button, summary, [data-item]")].find((one) => key(one) === focused.current);
        if (same) same.focus({ preventScroll: true });
        focused.current = null;
      }
      node.dispatchEvent(new CustomEvent("swotlight:drawn", { bubbles: true, detail: { id: props.id } }));
    }, [props.html]);
    const attributes = { id: props.id, ref: box, className: props.className || undefined, "aria-label": props.label || undefined };
    if (props.tag === "main") attributes.tabIndex = -1;
    if (props.tag === "div" && props.label) attributes.role = "region";
    return window.React.createElement(props.tag || "div", attributes);
  };
})();
