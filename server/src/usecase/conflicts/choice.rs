//! What an option's key says. It proves nothing: what it names is decided again.

use uuid::Uuid;

use crate::usecase::offer_key::OfferKey;

/// An option that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    /// The booking goes there.
    Move(OfferKey),
    /// The booking goes there, where others make room for it by rule.
    Among(OfferKey),
    /// So many of its batches stay at the first place, the others go to the second.
    Part(u32, [OfferKey; 2]),
    /// The cleaning goes.
    Remove,
    /// This booking beside the cleaning goes there.
    Neighbour(Uuid, OfferKey),
    /// Whoever has this wish gets a hold there.
    Give(Uuid, OfferKey),
    /// Room is made there for this wish, while that takes no more than so many firms' consent.
    Room(Uuid, u32, OfferKey),
}

const REMOVE: &str = "remove";

impl Choice {
    /// What goes over the wire. The keys of offers have no full stop.
    pub fn encode(&self) -> String {
        match self {
            Self::Move(place) => place.encode(),
            Self::Among(place) => format!("among.{}", place.encode()),
            Self::Part(stays, [one, other]) => format!("part.{stays}.{}.{}", one.encode(), other.encode()),
            Self::Remove => REMOVE.into(),
            Self::Neighbour(booking, place) => format!("neighbour.{booking}.{}", place.encode()),
            Self::Give(wish, place) => format!("give.{wish}.{}", place.encode()),
            Self::Room(wish, consents, place) => format!("room.{wish}.{consents}.{}", place.encode()),
        }
    }

    /// What came over the wire, if it is a choice.
    pub fn decode(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.trim().split('.').collect();
        match parts.as_slice() {
            [REMOVE] => Some(Self::Remove),
            [place] => OfferKey::decode(place).map(Self::Move),
            ["among", place] => OfferKey::decode(place).map(Self::Among),
            ["part", stays, one, other] => {
                Some(Self::Part(stays.parse().ok()?, [OfferKey::decode(one)?, OfferKey::decode(other)?]))
            }
            ["neighbour", booking, place] => {
                Some(Self::Neighbour(booking.parse().ok()?, OfferKey::decode(place)?))
            }
            ["give", wish, place] => Some(Self::Give(wish.parse().ok()?, OfferKey::decode(place)?)),
            ["room", wish, consents, place] => {
                Some(Self::Room(wish.parse().ok()?, consents.parse().ok()?, OfferKey::decode(place)?))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::{LineId, RouteId};

    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let place = |number| OfferKey {
            route: RouteId(Uuid::from_u128(number)),
            steps: vec![(LineId(Uuid::from_u128(7)), 29_000_160)],
        };
        let wish = Uuid::from_u128(9);
        for choice in [
            Choice::Move(place(1)),
            Choice::Among(place(2)),
            Choice::Part(3, [place(1), place(2)]),
            Choice::Remove,
            Choice::Neighbour(Uuid::from_u128(5), place(2)),
            Choice::Give(wish, place(1)),
            Choice::Room(wish, 2, place(1)),
        ] {
            assert_eq!(Choice::decode(&choice.encode()), Some(choice));
        }
        for wrong in ["", ".", "part.3", "part.x.y.z", "give.9.x", "room.9.1", "room.9.-1.x", "remove.1"] {
            assert_eq!(Choice::decode(wrong), None, "{wrong}");
        }
    }
}
