// Shows a page of our own when the server does not answer. It keeps no code, so none gets old.
const OFFLINE = "/offline.html";

self.addEventListener("install", (event) => {
  const keep = caches.open("offline").then((cache) => cache.addAll([OFFLINE, "/favicon.svg"]));
  event.waitUntil(keep.then(() => self.skipWaiting()));
});

self.addEventListener("fetch", (event) => {
  if (event.request.mode !== "navigate") return;
  event.respondWith(fetch(event.request).catch(() => caches.match(OFFLINE)));
});
