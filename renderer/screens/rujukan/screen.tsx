import { TimelineBar } from "../../clock/timeline-bar.tsx";
import { addTexts } from "../../i18n/add-texts.ts";
import { referralEn } from "../../i18n/referral-en.ts";
import { referralId } from "../../i18n/referral-id.ts";
import { ScreenWaiting } from "../../parts/ui/screen-waiting.tsx";
import { useSelectedArea } from "../../state/selected-area.ts";
import { ReferralChoice } from "./referral-choice.tsx";
import { ReferralList } from "./referral-list.tsx";
import { ReferralMap } from "./referral-map.tsx";
import styles from "./rujukan.module.css";
import { useReferral } from "./use-referral.ts";

addTexts("referral", { id: referralId, en: referralEn });

/** Where a free bed of a kind is, how far, and how old that fact is. */
export default function Rujukan() {
	const { onMap, select, failure, retry } = useSelectedArea();
	if (!onMap)
		return (
			<main className={styles.main}>
				<ScreenWaiting failure={failure} retry={retry} />
			</main>
		);
	return (
		<>
			<main className={styles.main}>
				<ReferralParts {...onMap} select={select} />
			</main>
			<TimelineBar />
		</>
	);
}

function ReferralParts(
	props: Parameters<typeof useReferral>[0] & {
		select: Parameters<typeof ReferralMap>[0]["select"];
	},
) {
	const referral = useReferral(props);
	return (
		<>
			<ReferralChoice {...referral} />
			<div className={styles.parts}>
				<ReferralList {...referral} />
				<ReferralMap {...referral} select={props.select} />
			</div>
		</>
	);
}
