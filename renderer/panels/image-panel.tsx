import { useEffect, useState } from "react";
import { WallPicture } from "../../core/api/walls.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { PanelNotice } from "../parts/ui/panel.tsx";
import { PanelFailure } from "../parts/ui/panel-failure.tsx";
import { useAnswer } from "../state/answers.ts";
import { BackendError } from "../state/ask.ts";
import type { PanelProps } from "./panel-props.ts";
import styles from "./panels.module.css";

/** A picture that somebody gave for the room, all of it. */
export default function ImagePanel({ panel: { picture, text } }: PanelProps) {
	const { t } = useLanguage();
	return (
		<figure className={styles.image} data-testid="image-panel">
			{picture === undefined ? (
				<PanelNotice>{t("walls.noPicture")}</PanelNotice>
			) : (
				<Picture key={picture} id={picture} text={text} />
			)}
		</figure>
	);
}

function Picture({ id, text }: { id: string; text: string }) {
	const { t } = useLanguage();
	const { data, error, refetch } = useAnswer(WallPicture, { id });
	const [address, setAddress] = useState<string | null>(null);
	/** Whether it is there to be seen; false: this browser cannot draw it. */
	const [drawn, setDrawn] = useState<boolean | null>(null);
	useEffect(() => {
		if (!data) return;
		const made = URL.createObjectURL(
			new Blob([data.body], { type: data.header.type }),
		);
		setAddress(made);
		return () => URL.revokeObjectURL(made);
	}, [data]);
	if (error instanceof BackendError && error.status === 404)
		return (
			<PanelNotice role="alert">{t("walls.picture.notThere")}</PanelNotice>
		);
	if (error && !data)
		return <PanelFailure error={error} again={() => void refetch()} />;
	if (drawn === false)
		return <PanelNotice role="alert">{t("walls.picture.damaged")}</PanelNotice>;
	return (
		<div data-coming={drawn === null || undefined}>
			{address !== null && (
				<img
					src={address}
					alt={text}
					onLoad={() => setDrawn(true)}
					onError={() => setDrawn(false)}
				/>
			)}
		</div>
	);
}
