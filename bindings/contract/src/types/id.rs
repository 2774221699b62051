use crate::shape::ids;

ids! {
    /// The id of a company.
    CompanyId of handfast::company::Company;
    /// The id of a member of the staff of a company.
    StaffId of handfast::company::Staff;
    /// The id of a person who can sign in.
    LoginId of handfast::login::Login;
    /// The id of a price type.
    PriceTypeId of handfast::company::PriceType;
    /// The id of a carrier.
    CarrierId of handfast::company::Carrier;
    /// The id of a department.
    DepartmentId of handfast::company::Department;
    /// The id of an invite link.
    LinkId of handfast::invite::InviteLink;
    /// The id of a visit by an invite link.
    VisitId of handfast::invite::Visit;
    /// The id of a request to become a customer.
    RequestId of handfast::request::Request;
    /// The id of a customer.
    CustomerId of handfast::customer::Customer;
    /// The id of an order.
    OrderId of handfast::order::Order;
    /// The id of a tag.
    TagId of handfast::tag::Tag;
    /// The id of an association: a person as user of a customer.
    AssociationId of handfast::association::Association;
    /// The id of a session.
    SessionId of handfast::session::Session;
    /// The id of an identity that a session holds.
    IdentityId of handfast::session::Identity;
    /// The id of something that happened to a login.
    LoginEventId of handfast::login::LoginEvent;
    /// The id of a partner account.
    PartnerId of handfast::partner::Partner;
    /// The id of a partner's visit in a client's account.
    DelegationId of handfast::partner::Delegation;
    /// The id of something that happened to a partner account.
    PartnerEventId of handfast::partner::PartnerHistory;
    /// The id of a mail.
    MailId of handfast::mail::Mail;
    /// The id of an event.
    EventId of handfast::event::Event;
    /// The id of an erasure.
    ErasureId of handfast::privacy::Erasure;
    /// The id of a record of any kind.
    RecordId of ();
}
