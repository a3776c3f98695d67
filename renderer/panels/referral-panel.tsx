import { addTexts } from "../i18n/add-texts.ts";
import { referralEn } from "../i18n/referral-en.ts";
import { referralId } from "../i18n/referral-id.ts";
import { ReferralList } from "../screens/rujukan/referral-list.tsx";
import { ReferralMap } from "../screens/rujukan/referral-map.tsx";
import { useReferral } from "../screens/rujukan/use-referral.ts";
import type { PanelProps } from "./panel-props.ts";

addTexts("referral", { id: referralId, en: referralEn });

const stay = () => {};

/** Where a free bed of a kind is, as a list or on the map, as Rujukan has them. */
export default function ReferralPanel({ panel, areas, selected }: PanelProps) {
	const referral = useReferral({ areas, selected });
	return panel.kind === "referral" ? (
		<ReferralList {...referral} />
	) : (
		<ReferralMap {...referral} select={stay} />
	);
}
