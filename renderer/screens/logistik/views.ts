import type { ReactNode } from "react";
import type { logisticsId } from "../../i18n/logistics-id.ts";
import { fetched } from "../../parts/ui/fetched.tsx";
import type { ViewProps } from "./view-props.ts";

/** A view of the screen, as its choice and its address (`view=`) know it. */
export interface View {
	readonly key: keyof typeof logisticsId.view;
	readonly Part: (props: ViewProps & { waiting: ReactNode }) => ReactNode;
}

/** All of them in order: one line each. Its name stands in both languages under logistics.view, its texts in a block of its own. */
export const VIEWS: readonly View[] = [
	{ key: "kekurangan", Part: fetched(() => import("./shortage-view.tsx")) },
	{ key: "kebutuhan", Part: fetched(() => import("./needs-view.tsx")) },
	{ key: "fasilitas", Part: fetched(() => import("./facility-view.tsx")) },
	{
		key: "laboratorium",
		Part: fetched(() => import("./laboratory-view.tsx")),
	},
	{ key: "kirim", Part: fetched(() => import("./plan-view.tsx")) },
	{ key: "skenario", Part: fetched(() => import("./scenario-view.tsx")) },
	{ key: "buku", Part: fetched(() => import("./book-view.tsx")) },
	{ key: "barang", Part: fetched(() => import("./items-view.tsx")) },
	{ key: "diragukan", Part: fetched(() => import("./held-view.tsx")) },
];
