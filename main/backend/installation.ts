import { arch, platform, release } from "node:os";
import { isAbsolute } from "node:path";
import type { HubKeyId } from "../../core/api/installation.ts";
import type { Answered } from "../../core/api/route.ts";
import { crashReports } from "./crash-reports.ts";
import { keepHub } from "./hub-file.ts";
import { logEnds } from "./log-ends.ts";
import { type BackendOptions, HubKey, isPrivateKey } from "./options.ts";
import type { ThisInstallation } from "./server/installation.ts";
import { pinKey } from "./sync/head.ts";
import { lookAtSnapshotFolder } from "./sync/snapshot-folder.ts";
import { COMMIT, THIS_CLIENT } from "./sync/this-client.ts";
import type { OfferedUpdate } from "./update/watch.ts";

/**
 * @param believed id of the hub's key that is believed now; null: it is the one that was given
 * @param update what is known of a newer version
 * @param restart starts this program again
 */
export function createInstallation(
	{ hub, data, secret }: BackendOptions,
	believed: () => string | null,
	update: () => OfferedUpdate,
	restart: () => void,
): ThisInstallation {
	const keyId = (key: string): Answered<typeof HubKeyId> => {
		const read = HubKey.safeParse(key.trim());
		return read.success
			? { keyId: pinKey(read.data).id }
			: { fault: isPrivateKey(key) ? "private-key" : "no-key" };
	};
	let chosen = hub !== null;
	return {
		told: () => ({
			version: THIS_CLIENT.version ?? "0",
			commit: COMMIT,
			schema: THIS_CLIENT.schema,
			node: process.versions.node,
			system: `${platform()} ${release()} ${arch()}`,
			folder: data,
			hub: hub && {
				url: hub.url,
				keyId: believed() ?? pinKey(hub.publicKey).id,
			},
			update: update(),
		}),
		keyId: ({ key }) => keyId(key),
		async choose({ url, publicKey, credential, snapshot }) {
			if (chosen) return null;
			const id = keyId(publicKey);
			if ("fault" in id) return id;
			if (snapshot !== null)
				try {
					if (!isAbsolute(snapshot))
						throw new Error(
							`${snapshot}: expected a whole path, as E:\\folder`,
						);
					await lookAtSnapshotFolder(snapshot, pinKey(publicKey));
				} catch (error) {
					return { snapshot: (error as Error).message };
				}
			keepHub(data, {
				url,
				publicKey: publicKey.trim(),
				credential: credential ?? undefined,
				snapshot: snapshot ?? undefined,
			});
			chosen = true;
			restart();
			return id;
		},
		diagnostics: () => {
			const { rss, heapUsed } = process.memoryUsage();
			return {
				logs: logEnds(data, [
					secret,
					...(hub?.credential === undefined ? [] : [hub.credential]),
				]),
				crashes: crashReports(data),
				memory: { resident: rss / 1e6, heap: heapUsed / 1e6 },
				running: process.uptime(),
			};
		},
	};
}
