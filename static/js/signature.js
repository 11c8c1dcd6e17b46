// A field to sign in, with a finger, a pen or the mouse; what was drawn is sent as a PNG.
(() => {
  "use strict";

  const form = document.querySelector("form[data-signature]");
  if (!form) return;
  const canvas = form.querySelector("[data-canvas]");
  const pen = canvas.getContext("2d");
  const WIDTH = 7;
  let isDrawn = false;
  let isDown = false;

  function place(event) {
    const box = canvas.getBoundingClientRect();
    return [(event.clientX - box.left) * canvas.width / box.width, (event.clientY - box.top) * canvas.height / box.height];
  }

  function wipe() {
    pen.clearRect(0, 0, canvas.width, canvas.height);
    isDrawn = false;
    form.elements.drawn.value = "";
  }

  canvas.addEventListener("pointerdown", (event) => {
    isDown = true;
    canvas.setPointerCapture(event.pointerId);
    pen.lineWidth = WIDTH;
    pen.lineCap = pen.lineJoin = "round";
    pen.beginPath();
    pen.moveTo(...place(event));
    event.preventDefault();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!isDown) return;
    pen.lineTo(...place(event));
    pen.stroke();
    isDrawn = true;
  });
  ["pointerup", "pointercancel"].forEach((name) => canvas.addEventListener(name, () => { isDown = false; }));
  form.querySelector("[data-wipe]").addEventListener("click", wipe);
  form.addEventListener("submit", () => { form.elements.drawn.value = isDrawn ? canvas.toDataURL("image/png") : ""; }, true);
})();
