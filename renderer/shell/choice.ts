import type { LucideIcon } from "lucide-react";

/** One thing that can be chosen in the palette, with everything a person may call it. */
export interface Choice {
	key: string;
	label: string;
	/** What it is, or where it lies. */
	of: string;
	icon: LucideIcon;
	words: readonly string[];
	act: () => void;
}
