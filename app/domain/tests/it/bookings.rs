//! The state machine, as a whole table.

use domain::{
    booking::{Action, Status, actions, transition},
    refusal::Refusal,
};

#[test]
fn every_status_allows_exactly_these_actions() {
    use Action as A;
    use Status as S;
    let table: &[(Status, &[(Action, Status)])] = &[
        (S::Draft, &[(A::Hold, S::Held), (A::Withdraw, S::Withdrawn)]),
        (
            S::Held,
            &[
                (A::Request, S::Requested),
                (A::Ask, S::Held),
                (A::Answer, S::Held),
                (A::Withdraw, S::Withdrawn),
                (A::Expire, S::Expired),
                (A::Move, S::Held),
            ],
        ),
        (
            S::Requested,
            &[
                (A::Ask, S::Requested),
                (A::Answer, S::Requested),
                (A::ConfirmHazards, S::Requested),
                (A::RecallHazards, S::Requested),
                (A::Approve, S::Confirmed),
                (A::Decline, S::Declined),
                (A::Withdraw, S::Withdrawn),
                (A::Expire, S::Declined),
                (A::Move, S::Requested),
            ],
        ),
        (
            S::Confirmed,
            &[
                (A::Move, S::Confirmed),
                (A::Cancel, S::Cancelled),
                (A::Start, S::Running),
                (A::NoShow, S::NoShow),
            ],
        ),
        (S::Running, &[(A::Complete, S::Completed), (A::Abort, S::Completed)]),
        (S::Completed, &[(A::Close, S::Closed)]),
    ];
    for status in Status::ALL {
        let allowed =
            table.iter().find(|(known, _)| *known == status).map_or(&[][..], |(_, allowed)| allowed);
        assert_eq!(
            actions(status).collect::<Vec<_>>(),
            allowed.iter().map(|(act, _)| *act).collect::<Vec<_>>()
        );
        assert_eq!(status.is_final(), allowed.is_empty(), "{status:?}");
        for action in Action::ALL {
            let expected = allowed.iter().find(|(known, _)| *known == action).map(|(_, next)| *next);
            assert_eq!(transition(status, action), expected.ok_or(Refusal::WrongState { status, action }));
        }
        assert_eq!(Status::from_name(status.name()), Some(status));
        let json = serde_json::to_string(&status).expect("a name");
        assert_eq!(json, format!("\"{}\"", status.name()), "one name in the store and on the wire");
    }
}

#[test]
fn capacity_is_held_as_the_guard_says() {
    let held = ["held", "requested", "confirmed", "running", "completed", "closed"];
    for status in Status::ALL {
        assert_eq!(status.holds_capacity(), held.contains(&status.name()), "{status:?}");
    }
}
