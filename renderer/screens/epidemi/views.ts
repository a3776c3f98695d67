import type { ReactNode } from "react";
import type { epidemicId } from "../../i18n/epidemic-id.ts";
import { fetched } from "../../parts/ui/fetched.tsx";
import type { ViewProps } from "./view-props.ts";

/** A view of the screen, as its choice and its address (`view=`) know it. */
export interface View {
	readonly key: keyof typeof epidemicId.view;
	readonly Part: (props: ViewProps & { waiting: ReactNode }) => ReactNode;
}

/** All of them in order: one line each. Its name stands in both languages under epidemic.view. */
export const VIEWS: readonly View[] = [
	{ key: "rt", Part: fetched(() => import("./reproduction-view.tsx")) },
	{ key: "proyeksi", Part: fetched(() => import("./projection-view.tsx")) },
	{ key: "peringatan", Part: fetched(() => import("./alerts-view.tsx")) },
];
