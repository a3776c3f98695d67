import { useEffect, useRef } from "react";
import type { AreaIndex } from "../../state/area-index.ts";
import { useView } from "../../state/view-state.ts";
import { useDrawnMap } from "./drawn-map.ts";
import styles from "./pointed-ring.module.css";

/** A ring around the area that somebody who presents points at, wherever the camera goes. */
export function PointedRing({ areas }: { areas: AreaIndex }) {
	const pointed = useView((view) => view.pointed);
	const { map } = useDrawnMap();
	const ring = useRef<HTMLDivElement>(null);
	const area = pointed === null ? undefined : areas.byId(pointed);
	const { lat = null, lng = null } = area ?? {};
	useEffect(() => {
		if (!map || lat === null || lng === null) return;
		const place = () => {
			const { x, y } = map.placeOf([lng, lat]);
			ring.current?.style.setProperty("translate", `${x}px ${y}px`);
		};
		place();
		map.map.on("move", place);
		map.map.on("resize", place);
		return () => {
			map.map.off("move", place);
			map.map.off("resize", place);
		};
	}, [map, lat, lng]);
	return area && lat !== null ? (
		<div ref={ring} className={styles.ring} data-testid="pointed-ring">
			<b>{area.name}</b>
		</div>
	) : null;
}
