/* What the browser alone decides: theme, width class, links without a reload, menus, panels, copying, pictures, keys. */
(function () {
  "use strict";
  const root = document.documentElement;
  const remember = (name, value) => { document.cookie = name + "=" + value + ";path=/;max-age=31536000;samesite=lax"; };
  const recall = (name) => (document.cookie.match(new RegExp("(?:^|; )" + name + "=([^;]*)")) || [])[1];
  const phone = window.matchMedia("(max-width: 767px)");

  // On paper: light, and every chart as wide as the sheet's column.
  const onPaper = (is) => { root.dataset.theme = is ? "light" : view.theme; };
  window.addEventListener("beforeprint", () => onPaper(true));
  window.addEventListener("afterprint", () => onPaper(false));

  // Before the first paint: the remembered theme, else the system's.
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const view = { theme: recall("swotlight-theme") || (dark.matches ? "dark" : "light"), width: phone.matches ? "phone" : "wide" };
  const settle = () => {
    root.dataset.theme = view.theme;
    remember("swotlight-theme", view.theme);
    remember("swotlight-width", view.width);
  };
  settle();
  const announce = () => {
    settle();
    if (window.dash_clientside && dash_clientside.set_props) dash_clientside.set_props("view", { data: { theme: view.theme, width: view.width } });
  };
  const drawAnew = () => {
    if (window.dash_clientside && dash_clientside.set_props) dash_clientside.set_props("view", { data: { theme: view.theme, width: view.width, at: Date.now() } });
  };
  phone.addEventListener("change", () => {
    const width = phone.matches ? "phone" : "wide";
    if (width !== view.width) { view.width = width; announce(); }
  });

  // While an answer is awaited the last page stays, dimmed, under a moving rule.
  let awaited = 0;
  const ask = window.fetch;
  window.fetch = function (resource, options) {
    const isPage = String(resource.url || resource).includes("_dash-update-component");
    if (!isPage) return ask.apply(this, arguments);
    awaited += 1; root.classList.add("is-loading");
    return ask.apply(this, arguments).finally(() => { awaited -= 1; root.classList.toggle("is-loading", awaited > 0); });
  };

  const go = (href) => {
    window.history.pushState({}, "", href);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  };
  const toast = (text, milliseconds) => {
    const box = document.getElementById("toast");
    if (!box) return;
    box.textContent = text; box.classList.add("is-shown");
    window.setTimeout(() => box.classList.remove("is-shown"), milliseconds || 1800);
  };
  const closeMenus = (except) => document.querySelectorAll("details.menu[open]").forEach((menu) => { if (menu !== except) menu.open = false; });

  // The table behind a chart is drawn when it is first opened; the chart's own finding names it.
  const fill = (panel) => {
    const source = panel.dataset.source;
    delete panel.dataset.source;
    window.fetch(source).then((answer) => answer.ok ? answer.text() : Promise.reject(answer.status)).then((markup) => {
      panel.innerHTML = markup;
      const title = panel.closest("section, .drawer").querySelector("h2, h3").textContent;
      panel.querySelectorAll("[role=region]").forEach((region) => region.setAttribute("aria-label", title));
    }).catch(() => { panel.textContent = panel.dataset.missing; panel.dataset.source = source; });
  };

  const actions = {
    theme: () => { view.theme = view.theme === "dark" ? "light" : "dark"; announce(); },
    copy: (button) => {
      const done = () => toast(button.dataset.done);
      if (navigator.clipboard && window.isSecureContext) navigator.clipboard.writeText(window.location.href).then(done, done); else done();
    },
    filters: (button) => {
      const open = document.querySelector(".filter-bar").classList.toggle("is-open");
      button.setAttribute("aria-expanded", open);
    },
    panel: (button) => {
      const panel = document.getElementById(button.getAttribute("aria-controls"));
      const open = panel.hidden;
      panel.parentElement.querySelectorAll(".figure-panel").forEach((other) => { other.hidden = true; });
      button.parentElement.querySelectorAll("[aria-expanded]").forEach((other) => other.setAttribute("aria-expanded", "false"));
      panel.hidden = !open; button.setAttribute("aria-expanded", open);
      if (open && panel.dataset.source) fill(panel);
    },
    print: () => window.print(),
    picture: (button) => {
      const plot = document.querySelector("#" + button.dataset.plot + " .js-plotly-plot");
      if (!plot || !window.Plotly) return;
      const box = plot.getBoundingClientRect();
      Plotly.toImage(plot, { format: "png", width: box.width, height: box.height, scale: 2 }).then((url) => {
        const link = document.createElement("a");
        link.href = url; link.download = button.dataset.plot + ".png"; link.click();
      });
    },
  };

  document.addEventListener("click", (event) => {
    const target = event.target.closest("a, button, summary, [data-href]");
    closeMenus(event.target.closest("details.menu"));
    if (!target) return;
    const action = target.dataset.action;
    if (action && actions[action]) { event.preventDefault(); actions[action](target); return; }
    const href = target.dataset.href || (target.classList.contains("go") && target.getAttribute("href"));
    if (!href || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    closeMenus(null);
    const stays = href.split("?")[0] === window.location.pathname;
    go(href);
    if (!stays) window.scrollTo(0, 0);
  });

  // An objective is adopted: sent as JSON with our header, answered in a sentence; the page is then drawn anew.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.dataset.adopt) return;
    event.preventDefault();
    const told = {};
    new FormData(form).forEach((value, name) => { told[name] = value; });
    const said = form.querySelector(".propose-said");
    const button = form.querySelector("[type=submit]");
    said.textContent = ""; button.disabled = true;
    const headers = { "Content-Type": "application/json", "X-Swotlight": "1" };
    window.fetch(form.dataset.adopt, { method: "POST", headers, body: JSON.stringify(told) })
      .then((answer) => answer.json().then((words) => ({ ok: answer.ok, words: words.message })))
      .catch(() => ({ ok: false, words: form.dataset.failed }))
      .then(({ ok, words }) => {
        button.disabled = false;
        if (!ok) { said.textContent = words; return; }
        form.closest("details").open = false;
        toast(words, 4000);
        drawAnew();
      });
  });

  document.addEventListener("input", (event) => {
    if (!event.target.classList.contains("search")) return;
    const wanted = event.target.value.trim().toLowerCase();
    event.target.closest(".panel").querySelectorAll(".option").forEach((option) => {
      option.hidden = wanted !== "" && !option.textContent.toLowerCase().includes(wanted);
    });
  });

  // Keys: Esc closes a menu or the drawer, arrows walk through menus and tabs, up and down go through the drawer's items.
  document.addEventListener("keydown", (event) => {
    const menu = event.target.closest && event.target.closest("details.menu");
    if (event.key === "Escape") {
      const open = document.querySelector("details.menu[open]");
      if (open) { open.open = false; open.querySelector("summary").focus(); return; }
      const close = document.querySelector("[data-drawer-close]");
      if (close) close.click();
      return;
    }
    if (menu && menu.open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const stops = [...menu.querySelectorAll(".option:not([hidden]), .search")];
      const at = stops.indexOf(document.activeElement);
      (stops[event.key === "ArrowDown" ? Math.min(at + 1, stops.length - 1) : Math.max(at - 1, 0)] || stops[0]).focus();
      return;
    }
    const tabs = event.target.closest && event.target.closest("[role=tablist]");
    if (tabs && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
      const stops = [...tabs.querySelectorAll("[role=tab]")];
      const at = stops.indexOf(document.activeElement) + (event.key === "ArrowRight" ? 1 : -1);
      (stops[(at + stops.length) % stops.length] || stops[0]).focus();
      return;
    }
    if (document.querySelector(".drawer") && !menu && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      const step = document.querySelector(event.key === "ArrowDown" ? "[data-drawer-next]" : "[data-drawer-previous]");
      if (step && (event.target === document.body || event.target.closest(".swot-item, .drawer-head"))) { event.preventDefault(); step.click(); }
    }
  });

  // The drawer takes the focus when it opens and gives it back to its item when it closes.
  let drawerItem = null;
  const watchDrawer = () => {
    const drawer = document.querySelector(".drawer");
    const item = drawer ? drawer.dataset.item : null;
    if (item === drawerItem) return;
    const left = drawerItem;
    drawerItem = item;
    root.classList.toggle("has-drawer", !!drawer);
    if (drawer) { const head = drawer.querySelector("[data-drawer-close]"); drawer.scrollTop = 0; if (!left && head) head.focus({ preventScroll: true }); }
    else if (left) { const back = document.querySelector('[data-item="' + left + '"]'); if (back) back.focus({ preventScroll: true }); }
  };

  document.addEventListener("swotlight:drawn", (event) => {
    if (event.detail.id !== "page") return;
    watchDrawer();
    const page = document.querySelector("#page [data-lang]");
    if (page) {
      // Dash's own layout is drawn once, before a language is chosen: the page brings its words.
      root.lang = page.dataset.lang;
      const skip = document.querySelector(".skip-link");
      if (skip) skip.textContent = page.dataset.skip;
      ["filters", "bottom"].forEach((part) => {
        const bar = document.getElementById(part);
        if (bar) bar.setAttribute("aria-label", page.getAttribute("data-name-" + part));
      });
    }
    const head = document.querySelector("#page [data-title]");
    if (head) document.title = head.dataset.title;
  });
})();
