import { execFileSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";

/** The account that the database server runs as. */
export interface Account {
	/** True when it is another account than that of this process. */
	other: boolean;
	uid: number;
	gid: number;
}

/**
 * PostgreSQL refuses to run as root: then it runs as `postgres` (made when missing), or as `nobody` where no account can be made.
 * Everybody else runs it as themselves.
 */
export async function serverAccount(): Promise<Account> {
	const uid = os.platform() === "win32" ? -1 : os.userInfo().uid;
	if (uid !== 0) return { other: false, uid, gid: os.userInfo().gid };
	const found = accountNamed("postgres");
	if (found) return found;
	try {
		execFileSync("useradd", ["--system", "--user-group", "postgres"], {
			stdio: "ignore",
		});
	} catch {
		// A read-only /etc, or a system without useradd: `nobody` is there on each of them.
	}
	const account = accountNamed("postgres") ?? accountNamed("nobody");
	if (!account)
		throw new Error(
			"PostgreSQL does not run as root and neither `postgres` nor `nobody` exists; set DATABASE_URL to a server",
		);
	return account;
}

function accountNamed(name: string): Account | undefined {
	try {
		const ask = (flag: string) =>
			Number(
				execFileSync("id", [flag, name], {
					encoding: "utf8",
					stdio: ["ignore", "pipe", "ignore"],
				}),
			);
		return { other: true, uid: ask("-u"), gid: ask("-g") };
	} catch {
		return undefined;
	}
}

/** Whether the account may pass through every folder on the way to `target` (and, where it exists, into it). */
export function isReachableBy(account: Account, target: string): boolean {
	if (!account.other) return true;
	let folder = path.resolve(target);
	for (;;) {
		if (existsSync(folder) && !mayPass(account, folder)) return false;
		const above = path.dirname(folder);
		if (above === folder) return true;
		folder = above;
	}
}

function mayPass(account: Account, folder: string): boolean {
	const { mode, uid, gid } = statSync(folder);
	if (uid === account.uid) return (mode & 0o100) !== 0;
	if (gid === account.gid) return (mode & 0o010) !== 0;
	return (mode & 0o001) !== 0;
}
