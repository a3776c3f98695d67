import { z } from "zod";
import { SettingFault, writtenHub } from "../backend/hub-file.ts";
import { UpdateSetting } from "../backend/options.ts";
import type { SettingFile } from "./hub-setting.ts";

/** What a machine's administrator may say in `hub.json` beside the hub. */
export const MachinePolicy = z.object({
	/** Where newer versions are offered, and whose signature counts. */
	updates: UpdateSetting.optional(),
	/** What a proxy on the way to the hub wants to hear, where it does not take the sign-in of Windows. */
	proxy: z.object({ user: z.string().min(1), password: z.string() }).optional(),
	/** This machine hangs on a wall: it fills the screen, cannot be left by a key, and starts when its account signs in. */
	wall: z
		.object({
			/** What it shows: what stands behind the address of the screens. */
			page: z.string().max(1000).regex(/^#\//, 'expected "#/…"'),
		})
		.optional(),
});
export type MachinePolicy = z.infer<typeof MachinePolicy>;

/** @param files as for the hub: the first that is there counts. @throws SettingFault */
export function machinePolicy(files: readonly SettingFile[]): MachinePolicy {
	for (const { path, bytes } of files) {
		if (bytes === undefined) continue;
		const read = MachinePolicy.safeParse(writtenHub(path, bytes));
		if (read.success) return read.data;
		const [issue] = read.error.issues;
		throw new SettingFault(
			path,
			[...(issue?.path ?? []), issue?.message].join(": "),
		);
	}
	return {};
}
