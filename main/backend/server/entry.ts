import type { Context, Hono } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { apiError } from "./api-error.ts";
import { judge } from "./guard.ts";
import { securityPolicy } from "./policy.ts";
import type { Sessions } from "./session.ts";

const MISDIRECTED = 421;

/**
 * The door: only pages of this server's own come in, by an address that works once, and stay by a cookie.
 * @returns the session of whoever has come in
 */
export function letIn(
	app: Hono,
	{ sessions, port }: { sessions: Sessions; port: () => number },
): (c: Context) => string {
	app.use(securityPolicy);
	app.use(async (c, next) => {
		const verdict = judge(
			{
				method: c.req.method,
				host: c.req.header("host"),
				origin: c.req.header("origin"),
				site: c.req.header("sec-fetch-site"),
				navigation: c.req.header("sec-fetch-mode") === "navigate",
			},
			port(),
		);
		if (verdict === "wrong-host")
			return c.json(
				apiError("wrong-host", "This server answers on 127.0.0.1 only."),
				MISDIRECTED,
			);
		if (verdict === "wrong-origin")
			return c.json(
				apiError("wrong-origin", "Only this server's own pages may ask."),
				403,
			);
		return next();
	});

	const cookie = () => `blc-session-${port()}`;

	app.get("/enter", (c) => {
		c.header("cache-control", "no-store");
		// Looking at an address must not use it up.
		if (c.req.method !== "GET") return c.body(null, 405, { allow: "GET" });
		const session = sessions.enter(c.req.query("token") ?? "");
		if (session === null) return c.text(USED_UP, 401);
		// The port is part of the name: cookies of one machine are shared by all its ports.
		setCookie(c, cookie(), session, {
			httpOnly: true,
			sameSite: "Strict",
			path: "/",
		});
		// A browser that was led here from a file does not send a cookie of this site along a redirect; a page of our own goes on by itself.
		if (c.req.header("sec-fetch-site") === "cross-site") return c.html(GO_ON);
		return c.redirect("/", 303);
	});

	app.use(async (c, next) => {
		if (sessions.idOf(getCookie(c, cookie())) !== null) return next();
		c.header("cache-control", "no-store");
		if (c.req.path.startsWith("/api/"))
			return c.json(
				apiError("no-session", "Expected the session cookie of this server."),
				401,
			);
		return c.text(NO_SESSION, 401);
	});

	return (c) => sessions.idOf(getCookie(c, cookie())) as string;
}

const USED_UP = `Alamat ini sudah dipakai atau tidak berlaku. Mintalah alamat baru dari program yang menjalankan BLC Command.
This address has been used or is not valid. Ask the program that runs BLC Command for a new one.
`;
const GO_ON = `<!doctype html>
<meta charset="utf-8">
<title>BLC Command</title>
<meta http-equiv="refresh" content="0;url=/">
`;
const NO_SESSION = `Buka BLC Command dengan alamat yang ditampilkan saat program dimulai.
Open BLC Command with the address shown when the program started.
`;
