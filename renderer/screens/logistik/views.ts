import type { logisticsId } from "../../i18n/logistics-id.ts";
import { fetched } from "../../parts/ui/fetched.tsx";
import type { View } from "../../parts/views/screen-views.tsx";
import type { ViewProps } from "./view-props.ts";

/** All of them in order: one line each. Its name stands in both languages under logistics.view, its texts in a block of its own. */
export const VIEWS: readonly View<keyof typeof logisticsId.view, ViewProps>[] =
	[
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
