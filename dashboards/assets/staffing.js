/* What-if sliders: the number follows the thumb, the page follows when it is let go. The state is in the address. */
(function () {
  "use strict";
  const slider = (event) => (event.target.matches && event.target.matches(".what-if input[type=range]") ? event.target : null);
  let focus = null;

  document.addEventListener("input", (event) => {
    const field = slider(event);
    if (!field) return;
    const words = JSON.parse(field.dataset.steps)[Math.round((field.value - field.min) / field.step)];
    field.setAttribute("aria-valuetext", words);
    field.closest(".slider").querySelector(".now").textContent = words;
  });

  document.addEventListener("change", (event) => {
    const field = slider(event);
    if (!field) return;
    const link = document.createElement("a");
    link.className = "go";
    link.href = field.value === field.dataset.today ? field.dataset.kept : field.dataset.moved.replace("1234567", field.value);
    focus = field.dataset.focus;
    field.closest(".what-if").appendChild(link);
    link.click();
    link.remove();
  });

  // The page is drawn anew: the slider keeps the focus, so that the keys go on moving it.
  document.addEventListener("swotlight:drawn", (event) => {
    if (!focus || event.detail.id !== "page") return;
    const field = document.querySelector('[data-focus="' + focus + '"]');
    focus = null;
    if (field) field.focus({ preventScroll: true });
  });
})();
