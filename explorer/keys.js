// The keys that requests are sent with: in this tab's session storage alone.

const storage = { key: "gateway.key", workspaceKeys: "gateway.workspace-keys" };
const listeners = new Set();

/** Calls a function whenever the keys have changed. */
export function onKeysChange(listener) {
  listeners.add(listener);
}

/** The header fields that carry the keys. */
export function keyHeaders() {
  const headers = new Headers();
  const key = sessionStorage.getItem(storage.key);
  if (key) headers.set("Authorization", `Bearer ${key}`);
  for (const line of (sessionStorage.getItem(storage.workspaceKeys) ?? "").split("\n")) {
    if (line.trim()) headers.append("Workspace-Key", line.trim());
  }
  return headers;
}

/** Makes the dialog in which keys are entered work. */
export function setUpKeys() {
  const dialog = document.getElementById("keys");
  const key = document.getElementById("key");
  const workspaceKeys = document.getElementById("workspace-keys");
  document.getElementById("keys-button").addEventListener("click", () => {
    key.value = sessionStorage.getItem(storage.key) ?? "";
    workspaceKeys.value = sessionStorage.getItem(storage.workspaceKeys) ?? "";
    dialog.showModal();
  });
  dialog.querySelector("form").addEventListener("submit", () => {
    sessionStorage.setItem(storage.key, key.value.trim());
    sessionStorage.setItem(storage.workspaceKeys, workspaceKeys.value);
    for (const listener of listeners) listener();
  });
}
