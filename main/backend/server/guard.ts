/**
 * Whether a request was meant for this server and came from its own pages. A page on another site may make the browser send requests
 * here, under a name of its own that points to 127.0.0.1; a program on another port of this machine shares our cookies.
 */
export interface RequestOrigin {
	method: string;
	/** The header `Host`. */
	host: string | undefined;
	/** The header `Origin`. */
	origin: string | undefined;
	/** The header `Sec-Fetch-Site`, which a page cannot forge. */
	site: string | undefined;
	/** Whether the request is a person's navigation (`Sec-Fetch-Mode: navigate`). */
	navigation: boolean;
}

export type Verdict = "ok" | "wrong-host" | "wrong-origin";

/** Where a server may be asked, and no other name counts: whoever asks by another was led here by somebody's name server. */
export interface OwnNames {
	readonly scheme: "http" | "https";
	/** Values of the header `Host`, in small letters. */
	readonly hosts: readonly string[];
}

/** @param port the port on which this server listens for its own machine */
export function loopbackNames(port: number): OwnNames {
	return {
		scheme: "http",
		hosts: [`127.0.0.1:${port}`, `localhost:${port}`],
	};
}

export function judge(request: RequestOrigin, names: OwnNames): Verdict {
	if (!names.hosts.includes(request.host?.toLowerCase() ?? ""))
		return "wrong-host";
	const own = `${names.scheme}://${request.host}`;
	if (request.origin !== undefined && request.origin !== own)
		return "wrong-origin";
	const reading = request.method === "GET" || request.method === "HEAD";
	// Browsers state the origin of everything that writes.
	if (!reading && request.origin === undefined) return "wrong-origin";
	const foreign =
		request.site !== undefined &&
		request.site !== "same-origin" &&
		request.site !== "none";
	// Following a link from elsewhere to our page is a person's act; reading our data from elsewhere is not.
	if (foreign && !(reading && request.navigation)) return "wrong-origin";
	return "ok";
}
