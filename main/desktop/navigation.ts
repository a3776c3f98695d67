/** Sites of the task force and its ministries that a link may open in the person's own browser. */
const EXTERNAL_HOSTS = [
	"covid19.go.id",
	"kemkes.go.id",
	"bnpb.go.id",
	"bps.go.id",
	"who.int",
];

function parse(url: string): URL | undefined {
	try {
		return new URL(url);
	} catch {
		return undefined;
	}
}

/** Whether a window of ours may show `url`: only pages of the backend's own origin. */
export function mayNavigate(url: string, origin: string): boolean {
	const target = parse(url);
	return (
		target !== undefined &&
		target.protocol === "http:" &&
		target.origin === origin &&
		target.username === "" &&
		target.password === ""
	);
}

/**
 * The address that brings a page back: its own where its session still holds, else an entry that leads to the same place in it.
 * @param page what was shown, or was to be shown
 * @param entry an address that signs in once
 */
export function pageAgain(page: string, origin: string, entry: string): string {
	const shown = parse(page);
	if (shown && mayNavigate(page, origin) && shown.pathname === "/") return page;
	return entry + (shown?.hash ?? "");
}

/** Whether a link may be handed to the person's browser: HTTPS, default port, no credentials, a host on the list or below one. */
export function mayOpenExternally(url: string): boolean {
	const target = parse(url);
	return (
		target !== undefined &&
		target.protocol === "https:" &&
		target.port === "" &&
		target.username === "" &&
		target.password === "" &&
		EXTERNAL_HOSTS.some(
			(host) =>
				target.hostname === host || target.hostname.endsWith(`.${host}`),
		)
	);
}

/** Web permissions our own pages may use; everything else, and every other origin, is refused. */
const PERMISSIONS = new Set([
	"clipboard-sanitized-write",
	"fullscreen",
	"screen-wake-lock",
]);

export function mayUse(
	permission: string,
	requestingUrl: string,
	origin: string,
): boolean {
	return PERMISSIONS.has(permission) && mayNavigate(requestingUrl, origin);
}
