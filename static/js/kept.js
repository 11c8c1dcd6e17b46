// What is kept on this phone until the server has it: records, each bound to its author, and the files that belong to them.
window.kept = (() => {
  "use strict";

  let opening = null;

  function open() {
    opening = opening || new Promise((resolve, reject) => {
      const request = indexedDB.open("jiedui", 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore("records", { keyPath: "key" });
        const files = request.result.createObjectStore("files", { keyPath: "id", autoIncrement: true });
        files.createIndex("record", "record");
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    return opening;
  }

  // What `work` asked for, once the whole transaction holds; an error when the phone has no room.
  async function within(stores, mode, work) {
    const database = await open();
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(stores, mode);
      const request = work(transaction);
      transaction.oncomplete = () => resolve(request && request.result);
      transaction.onabort = () => reject(transaction.error);
      transaction.onerror = () => reject(transaction.error);
    });
  }

  function removeFilesOf(transaction, key) {
    const store = transaction.objectStore("files");
    const request = store.index("record").getAllKeys(key);
    request.onsuccess = () => request.result.forEach((id) => store.delete(id));
  }

  return {
    isPossible: window.isSecureContext && "indexedDB" in window,
    records: () => within(["records"], "readonly", (each) => each.objectStore("records").getAll()),
    record: (key) => within(["records"], "readonly", (each) => each.objectStore("records").get(key)),
    put: (record) => within(["records"], "readwrite", (each) => each.objectStore("records").put(record)),
    files: (key) => within(["files"], "readonly", (each) => each.objectStore("files").index("record").getAll(key)),
    addFile: (file) => within(["files"], "readwrite", (each) => each.objectStore("files").add(file)),
    removeFile: (id) => within(["files"], "readwrite", (each) => each.objectStore("files").delete(id)),
    remove: (key) => within(["records", "files"], "readwrite", (each) => {
      removeFilesOf(each, key);
      each.objectStore("records").delete(key);
    }),
    // The server has it: its address stays for a while, its files go.
    finish: (record) => within(["records", "files"], "readwrite", (each) => {
      removeFilesOf(each, record.key);
      each.objectStore("records").put(record);
    }),
  };
})();
