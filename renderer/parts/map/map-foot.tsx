import type { ReactNode } from "react";
import type { GeographyInfo } from "../../../core/api/areas.ts";
import type { Basemap } from "../../../core/api/basemap.ts";
import type { Boundaries } from "./boundaries.ts";
import { DistrictNotice } from "./district-notice.tsx";
import { GeographyNotice } from "./geography-notice.tsx";
import styles from "./map-foot.module.css";

/** Below every map, one or many: whose boundaries it draws, and which areas it does not draw as themselves. */
export function MapFoot({
	geography,
	boundaries,
	basemap,
	children,
}: {
	geography: GeographyInfo | undefined;
	boundaries: Boundaries | null;
	/** What lies below the figures; undefined while it is not known, and where nothing does. */
	basemap: Basemap | undefined;
	/** What else is to be said of what is drawn. */
	children?: ReactNode;
}) {
	return (
		<footer className={styles.foot}>
			{children}
			{boundaries?.districts && (
				<DistrictNotice districts={boundaries.districts} />
			)}
			{geography && (
				<GeographyNotice
					geography={geography}
					basemap={basemap}
					notAsThemselves={boundaries?.notAsThemselves}
				/>
			)}
		</footer>
	);
}
