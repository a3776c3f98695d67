import type {
	ChooseHub,
	Diagnostics,
	HubKeyId,
	Installation,
} from "../../../core/api/installation.ts";
import type { Answered, Asked } from "../../../core/api/route.ts";

/** What this program is and whom it follows. */
export interface ThisInstallation {
	told(): Answered<typeof Installation>;
	keyId(asked: Asked<typeof HubKeyId>): Answered<typeof HubKeyId>;
	/** @returns null where a hub is followed already, which nobody at a screen changes */
	choose(hub: Asked<typeof ChooseHub>): Promise<
		| Answered<typeof HubKeyId>
		| null
		/** What is wrong with the snapshot that was brought. */
		| { snapshot: string }
	>;
	diagnostics(): Answered<typeof Diagnostics>;
}
