// The characters of a text while it is typed, against the most that the rules allow; blanks and ends of lines don't count.
"use strict";

(() => {
  const text = document.querySelector("[data-counted]");
  const shown = document.querySelector("[data-count]");
  const matter = document.querySelector("[name=matter]");
  if (!text || !shown) return;

  function count() {
    const most = JSON.parse(shown.dataset.most)[matter ? matter.value : ""] || Infinity;
    const number = Array.from(text.value.replace(/\s/g, "")).length + Number(shown.dataset.beside);
    shown.querySelector("[data-number]").textContent = String(number);
    shown.querySelector("[data-limit]").textContent = String(most);
    shown.querySelector("[data-warning]").hidden = number <= most;
    shown.classList.toggle("note-late", number > most);
  }

  text.addEventListener("input", count);
  if (matter) matter.addEventListener("change", count);
  count();
})();
