import type { AuthenticationResponseDetails, AuthInfo } from "electron";

/** What a proxy of the office's network wants to hear before it lets a workstation through to its hub. */
export interface ProxyPassword {
	readonly user: string;
	readonly password: string;
}

/**
 * Answers proxies that ask for a name and a password. Where a proxy takes the sign-in of Windows (Negotiate, NTLM) Chromium answers by
 * itself, and this is not asked. What it refuses once is not said again: accounts are locked for that.
 * @param known null: nobody said any
 */
export function answerProxies(
	known: ProxyPassword | null,
	report: (message: string) => void,
) {
	const told = new Set<string>();
	return (
		event: { preventDefault(): void },
		_contents: unknown,
		{
			firstAuthAttempt,
		}: Pick<AuthenticationResponseDetails, "firstAuthAttempt">,
		{ isProxy, host, port }: Pick<AuthInfo, "host" | "isProxy" | "port">,
		answer: (user?: string, password?: string) => void,
	): void => {
		event.preventDefault();
		// Of a hub nobody is asked for a password here: it knows workstations by their credential.
		if (!isProxy) {
			answer();
			return;
		}
		if (known !== null && firstAuthAttempt) {
			answer(known.user, known.password);
			return;
		}
		const said = `proxy ${host}:${port} ${known === null ? "asks for a name and a password, hub.json says none (proxy)" : "refuses the name and password of hub.json"}`;
		if (!told.has(said)) report(said);
		told.add(said);
		answer();
	};
}
