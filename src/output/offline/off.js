// Published where nothing is to be kept: takes the place of a worker that was here before, drops what that kept, and
// goes. Without a fetch handler every request goes its usual way.
const own = `anjian ${new URL(registration.scope).pathname} `;
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith(own)) await caches.delete(name);
  await registration.unregister();
})()));
