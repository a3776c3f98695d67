import { useEffect, useState } from "react";
import { WallPicture } from "../../core/api/walls.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { PanelNotice } from "../parts/ui/panel.tsx";
import { PanelFailure } from "../parts/ui/panel-failure.tsx";
import { useAnswer } from "../state/answers.ts";
import type { PanelProps } from "./panel-props.ts";
import styles from "./panels.module.css";

/** A picture that somebody gave for the room, all of it. */
export default function ImagePanel({ panel }: PanelProps) {
	const { t } = useLanguage();
	const id = panel.picture ?? "";
	const { data, error, refetch } = useAnswer(
		WallPicture,
		{ id },
		{ enabled: id !== "" },
	);
	const [address, setAddress] = useState<string | null>(null);
	/** Whether it is there to be seen; false: this browser cannot draw it. */
	const [drawn, setDrawn] = useState<boolean | null>(null);
	useEffect(() => {
		if (!data) return;
		setDrawn(null);
		const made = URL.createObjectURL(
			new Blob([data.body], { type: data.header.type }),
		);
		setAddress(made);
		return () => URL.revokeObjectURL(made);
	}, [data]);
	if (error) return <PanelFailure error={error} again={() => void refetch()} />;
	return (
		<figure
			className={styles.image}
			data-coming={(id !== "" && drawn === null) || undefined}
			data-testid="image-panel"
		>
			{id === "" ? (
				<PanelNotice>{t("walls.noPicture")}</PanelNotice>
			) : drawn === false ? (
				<PanelNotice role="alert">{t("walls.picture.damaged")}</PanelNotice>
			) : (
				address !== null && (
					<img
						src={address}
						alt={panel.text}
						onLoad={() => setDrawn(true)}
						onError={() => setDrawn(false)}
					/>
				)
			)}
		</figure>
	);
}
