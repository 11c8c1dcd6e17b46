// Makes photos small enough for a valley before they are kept: their longer side at most 1600 px, without their position.
window.photos = (() => {
  "use strict";

  const LONGEST_SIDE = 1600;
  const QUALITY = 0.85;

  function load(address) {
    return new Promise((resolve, reject) => {
      const image = new Image();
      image.onload = () => resolve(image);
      image.onerror = () => reject(new Error("no picture"));
      image.src = address;
    });
  }

  function draw(image) {
    const part = Math.min(1, LONGEST_SIDE / Math.max(image.naturalWidth, image.naturalHeight));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(image.naturalWidth * part);
    canvas.height = Math.round(image.naturalHeight * part);
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  }

  // What this browser can't draw stays as it is: the server says what is wrong with it.
  async function shrink(file) {
    const address = URL.createObjectURL(file);
    try {
      const small = await draw(await load(address));
      if (!small) return file;
      return new File([small], file.name.replace(/\.[^.]*$/, "") + ".jpg", { type: "image/jpeg" });
    } catch {
      return file;
    } finally {
      URL.revokeObjectURL(address);
    }
  }

  return { shrink };
})();
