import { Button, Menu } from "@mantine/core";
import { LogOut, UserRound } from "lucide-react";
import { Fragment } from "react";
import { type Role, TakenRole } from "../../core/access/role.ts";
import { Scope } from "../../core/access/scope.ts";
import { NATION } from "../../core/areas/codes.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { useAreas } from "../state/area-index.ts";
import { leave } from "../state/drafts.ts";
import { useSession, useSignOut, useTakeRole } from "../state/session.ts";
import { useView } from "../state/view-state.ts";

/** Who works at this window, and in an exercise as what. */
export function PersonMenu() {
	const { t, format } = useLanguage();
	const { data: session } = useSession();
	const takeRole = useTakeRole();
	const signOut = useSignOut();
	const { upper } = useAreas();
	const province = useView(({ area }) => area.slice(0, 2));
	if (!session) return null;
	const { person } = session;
	/** The nation, and the province that is looked at: a drill has both tiers. */
	const scopes = [...new Set([NATION, province])].flatMap((code) => {
		const scope = Scope.safeParse(code);
		return scope.success && (code === NATION || upper?.byCode(code))
			? [scope.data]
			: [];
	});
	const role = (of: Role) => t(`signIn.role.${of}`);
	return (
		<Menu position="bottom-end">
			<Menu.Target>
				<Button
					variant="default"
					size="xs"
					title={t("signIn.menu")}
					data-testid="person"
					leftSection={<UserRound size="1.1em" aria-hidden />}
				>
					{person ? role(person.role) : t("signIn.role.official")}
				</Button>
			</Menu.Target>
			<Menu.Dropdown>
				{person && (
					<Menu.Label>
						{person.display}
						{" · "}
						{person.scope === NATION ? t("signIn.nation") : person.scope}
						{session.endsAt !== null && (
							<>
								{" · "}
								{t("signIn.until", { time: format.time(session.endsAt) })}
							</>
						)}
						{session.offline && <div>{t("signIn.offline")}</div>}
					</Menu.Label>
				)}
				{session.exercise && (
					<>
						<Menu.Label>{t("signIn.takeRole")}</Menu.Label>
						{scopes.map((scope) => (
							<Fragment key={scope}>
								{scope !== NATION && (
									<Menu.Label>{upper?.byCode(scope)?.name}</Menu.Label>
								)}
								{TakenRole.options.map((one) => (
									<Menu.Item
										key={one}
										data-testid={`role-${one}${scope === NATION ? "" : `-${scope}`}`}
										onClick={() =>
											leave(() => takeRole.mutate({ role: one, scope }))
										}
									>
										{role(one)}
									</Menu.Item>
								))}
							</Fragment>
						))}
					</>
				)}
				{person && (
					<Menu.Item
						leftSection={<LogOut size="1.1em" aria-hidden />}
						data-testid="sign-out"
						onClick={() => leave(() => signOut.mutate({}))}
					>
						{t("signIn.leave")}
					</Menu.Item>
				)}
			</Menu.Dropdown>
		</Menu>
	);
}
