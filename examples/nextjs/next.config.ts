import type { NextConfig } from "next";

const server = process.env.SERGAS_URL ?? "http://127.0.0.1:8008";

/** The page's own origin passes the API on, so that no CORS is needed and no token leaves it. */
const config: NextConfig = {
  // Compression would hold streams back until a block is full.
  compress: false,
  rewrites: async () => [{ source: "/api/:path*", destination: `${server}/api/:path*` }],
};

export default config;
