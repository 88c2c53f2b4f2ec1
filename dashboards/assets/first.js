/* Shows the page that came with the document before Dash has loaded, and draws charts. Inlined in the document. */
(function () {
  "use strict";
  const told = document.getElementById("first-told");
  const swotlight = window.swotlight = { first: told ? JSON.parse(told.textContent) : {} };

  swotlight.drawCharts = (root) => {
    // Words are measured once, in the typeface at hand: that of their signs may still be on its way.
    const lettered = Promise.race([document.fonts.ready, new Promise((go) => setTimeout(go, 3000))]);
    root.querySelectorAll("[data-chart]").forEach((box) => {
      const chart = JSON.parse(box.dataset.chart);
      const target = box.querySelector(".canvas");
      const plot = () => { if (target.isConnected) window.Plotly.newPlot(target, chart.data, chart.layout, chart.config); };
      const draw = () => lettered.then(plot);
      if (window.Plotly) draw(); else document.getElementById("plotly-script").addEventListener("load", draw, { once: true });
    });
  };

  const place = document.getElementById("first-page");
  if (!place) return;
  place.querySelectorAll("[data-first]").forEach((box) => { box.innerHTML = swotlight.first[box.dataset.first] || ""; });
  const head = place.querySelector("[data-title]");
  if (head) document.title = head.dataset.title;
  swotlight.drawCharts(place);

  // Dash's own element takes over what is shown here: the nodes move, so that nothing is drawn twice.
  swotlight.takeOver = (node, id) => {
    const box = document.querySelector('[data-first="' + id + '"]');
    if (!box) return false;
    node.replaceChildren(...box.childNodes);
    box.remove();
    if (!document.querySelector("[data-first]")) place.remove();
    return true;
  };
})();
