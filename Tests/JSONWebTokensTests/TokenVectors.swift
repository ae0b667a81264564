/// Tokens, made once by the Python package `cryptography`, and the keys that verify them.
enum TokenVectors {
    /// The issuer's public keys.
    static let keys = #"""
        {
         "keys": [
          {
           "kty": "RSA",
           "kid": "r",
           "use": "sig",
           "alg": "RS256",
           "n": "mAENS0WOev_VE_46uNqVlfk28J0BCaNVqzqXJM2KwWK0gQ_MXUVsTJwr9NUhRSAyqCpqHQhuIYDq6bc9aTcprBDZRjdCvTzgOJIK5RUoadiLIvJ5jWmQJOsJSCX43bHWvmniuADmsx0zWYqXWp0r1T9X78dJVcMs3PunKYlkkBSbvcf5OJfEIIspNAkA-m12i8VyhGgeARrkxRs03aELAcMs8kot8UYsAcdsD0uSmBIhNypsF7jqc8k8wdo7t_dFlnT812kYdGwMFVwOCijw8sqZWMNQcMHyStggFTTEKs_yFILBlpClb7OmtypaPIL5qbSzaQxhRMDrHoibUo6tTw",
           "e": "AQAB"
          },
          {
           "kty": "EC",
           "kid": "e",
           "crv": "P-256",
           "x": "jPVLKij9ohAwvRflwyIrdTgHL__9zjT9qP2xosygK44",
           "y": "hpavREUko1Ys_20cTmvKw86VtSWXe63_oaP-smXFtkw"
          },
          {
           "kty": "OKP",
           "kid": "o",
           "crv": "Ed25519",
           "x": "w37BqZrWY39OErzeCIwylInZBQMvwawJ4Wi15HB19to"
          },
          {
           "kty": "RSA",
           "kid": "weak",
           "n": "1NmN_ydp7JJ982XNw0DU8Gn7H-3KOtkcNT6YbNTR27nij3zMv58uVAG8FxiTeDX8kHVp2e1cL__SWS-5lYKkFXAb8dv1oubOhPOqyJ-4aGIOD3cBtYZaZqqR8S7Qx9lQBdiLQvqVHNaR70J1r1MlM2hK7BENwp7cQ3Z6PhWfkwk",
           "e": "AQAB"
          }
         ]
        }
        """#

    /// Tokens that are accepted at the time 1000 with a leeway of 10.
    static let valid: [(name: String, token: String)] = [
        (
            "RS256",
            """
            eyJhbGciOiJSUzI1NiIsImtpZCI6InIifQ.eyJpc3MiOiJodHRwczovL2kiLCJhdWQiOiJnIiwic3ViIjoidSIsImV\
            4cCI6MjAwMCwic2NvcGUiOiJ1c2UgcmVhZCJ9.WzrR3jXYoFhtvZsQgYECYQbkVNmjtJr1NLvQv0w_-g5TwhJFIIVu\
            EqP78T2YEkOx7JZSOsYyDTCnc145pYtOeQ8v7JQ0OMFIxvS6Bvkeor3hV9qbiJM6XUamcWwmDQDe7iTtjuUIfYO_Jg\
            TYULw2PrSU0Z7IrsbW3Xi-TWzEdIMsdrvDZryLb7c6C7CMD3YutweJtFdXDiMyjUDw1BvJZT1cvyBi3XQYfAwJkUhg\
            wQzjToRLnD-2rad-eHRC5roUShMdMVbPZn4zd2fp_utPgu8kEzs68MyDG6_co-zi0fSGn0Ei0HiH3Vsq0NGPA_lpx_\
            PoDw6VMB1odZNuUU_FEw
            """
        ),
        (
            "ES256",
            """
            eyJhbGciOiJFUzI1NiIsImtpZCI6ImUifQ.eyJpc3MiOiJodHRwczovL2kiLCJhdWQiOiJnIiwic3ViIjoidSIsImV\
            4cCI6MjAwMCwic2NvcGUiOiJ1c2UgcmVhZCJ9.IFFv_kgPKIfnrsjCL6ZRzj2mePKh_-aQsUP0ifbe4QDzoBB1qU11\
            CI5601uGC80zYSodxNsJ3z7s2DOXe_xO8A
            """
        ),
        (
            "EdDSA",
            """
            eyJhbGciOiJFZERTQSIsImtpZCI6Im8ifQ.eyJpc3MiOiJodHRwczovL2kiLCJhdWQiOiJnIiwic3ViIjoidSIsImV\
            4cCI6MjAwMCwic2NvcGUiOiJ1c2UgcmVhZCJ9.Ec_D1WKkq4vGaN-tesss77j3riEObHZbJR-vh7BKDRos0Z3JAbyn\
            p6KxmMaqrkXW82Mc1WMAhDJh48SA4PUKBg
            """
        ),
        (
            "no key id",
            """
            eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJodHRwczovL2kiLCJhdWQiOiJnIiwic3ViIjoidSIsImV4cCI6MjAwMCwic\
            2NvcGUiOiJ1c2UgcmVhZCJ9.AVSM7h8sdMoxxuY6UePs9LdnuCvAzGsIhPGzL3kkTIFMIw95BIX11abei8JQKPjGgQ\
            E9aO6_LCoZr7_MFqFvyQ
            """
        ),
        (
            "audiences",
            """
            eyJhbGciOiJFZERTQSIsImtpZCI6Im8ifQ.eyJpc3MiOiJodHRwczovL2kiLCJhdWQiOlsieCIsImciXSwic3ViIjo\
            idSIsImV4cCI6MjAwMCwic2NvcGUiOiJ1c2UgcmVhZCJ9.VE8qZrONFJFzaXtu2UIb1GLGEthrvmE6bRIPT22kjuOA\
            EEfAxr0ypX3BXnqXl8vUF-FWx9gpaArlv5mRG4RyDg
            """
        ),
        (
            "not before, within the leeway",
            """
            eyJhbGciOiJFZERTQSIsImtpZCI6Im8ifQ.eyJpc3MiOiJodHRwczovL2kiLCJhdWQiOiJnIiwic3ViIjoidSIsImV\
            4cCI6MjAwMCwic2NvcGUiOiJ1c2UgcmVhZCIsIm5iZiI6MTAwNX0.p4DfMc7xsUBiw05NpNnsqcnZtlw-6KKSdvIOO\
            ww_sdtwRXucgo3G-v9Ow_by2COsQiQJghY8Ty47FI2iOqpSAA
            """
        ),
        (
            "a fraction",
            """
            eyJhbGciOiJFZERTQSIsImtpZCI6Im8ifQ.eyJpc3MiOiJodHRwczovL2kiLCJhdWQiOiJnIiwic3ViIjoidSIsImV\
            4cCI6MjAwMC41LCJzY29wZSI6InVzZSByZWFkIn0.JUQkrHsFWkV7niwhDgsVVizK0MbWJ8HKhmHLr1RiVWvXU4ZGr\
            Ziq2416PCGYYLtuwZWQAttR7HCjSexHmwiBAA
            """
        ),
    ]

    /// Tokens that are not, and a part of the reason.
    static let invalid: [(name: String, token: String, reason: String)] = [
        (
            "HS256 with the public key",
            """
            eyJhbGciOiJIUzI1NiIsImtpZCI6InIifQ.eyJpc3MiOiJodHRwczovL2kiLCJhdWQiOiJnIiwic3ViIjoidSIsImV\
            4cCI6MjAwMCwic2NvcGUiOiJ1c2UgcmVhZCJ9.BWfWSN7UNrOq94BWvwjrGnwBPMeijlQwzlcDV_s4_QE
            """,
            "no signed token"
        ),
        (
            "no algorithm",
            """
            eyJhbGciOiJub25lIn0.eyJpc3MiOiJodHRwczovL2kiLCJhdWQiOiJnIiwic3ViIjoidSIsImV4cCI6MjAwMCwic2\
            NvcGUiOiJ1c2UgcmVhZCJ9.
            """,
            "no signed token"
        ),
        (
            "an algorithm of another key",
            """
            eyJhbGciOiJFZERTQSIsImtpZCI6InIifQ.eyJpc3MiOiJodHRwczovL2kiLCJhdWQiOiJnIiwic3ViIjoidSIsImV\
            4cCI6MjAwMCwic2NvcGUiOiJ1c2UgcmVhZCJ9.q14NGp25uc3Iv9K9dwRBzEYR2W33prJNm3EuwVnpKEd6d8BmLblv\
            MJ8ZTxX7lhFDgJk5QucqqIzuLjijoi48Bg
            """,
            "none of the issuer's"
        ),
        (
            "another signature",
            """
            eyJhbGciOiJSUzI1NiIsImtpZCI6InIifQ.eyJpc3MiOiJodHRwczovL2kiLCJhdWQiOiJnIiwic3ViIjoidSIsImV\
            4cCI6MjAwMCwic2NvcGUiOiJ1c2UgcmVhZCJ9.WzrR3jXYoFhtvZsQgYECYQbkVNmjtJr1NLvQv0w_-g5TwhJFIIVu\
            EqP78T2YEkOx7JZSOsYyDTCnc145pYtOeQ8v7JQ0OMFIxvS6Bvkeor3hV9qbiJM6XUamcWwmDQDe7iTtjuUIfYO_Jg\
            TYULw2PrSU0Z7IrsbW3Xi-TWzEdIMsdrvDZryLb7c6C7CMD3YutweJtFdXDiMyjUDw1BvJZT1cvyBi3XQYfAwJkUhg\
            wQzjToRLnD-2rad-eHRC5roUShMdMVbPZn4zd2fp_utPgu8kEzs68MyDG6_co-zi0fSGn0Ei0HiH3Vsq0NGPA_lpx_\
            PoDw6VMB1odZAAAAAAAA
            """,
            "signature is not valid"
        ),
        (
            "other claims",
            """
            eyJhbGciOiJSUzI1NiIsImtpZCI6InIifQ.eyJpc3MiOiJodHRwczovL2kiLCJhdWQiOiJnIiwic3ViIjoiYWRtaW4\
            iLCJleHAiOjIwMDAsInNjb3BlIjoidXNlIHJlYWQifQ.WzrR3jXYoFhtvZsQgYECYQbkVNmjtJr1NLvQv0w_-g5Twh\
            JFIIVuEqP78T2YEkOx7JZSOsYyDTCnc145pYtOeQ8v7JQ0OMFIxvS6Bvkeor3hV9qbiJM6XUamcWwmDQDe7iTtjuUI\
            fYO_JgTYULw2PrSU0Z7IrsbW3Xi-TWzEdIMsdrvDZryLb7c6C7CMD3YutweJtFdXDiMyjUDw1BvJZT1cvyBi3XQYfA\
            wJkUhgwQzjToRLnD-2rad-eHRC5roUShMdMVbPZn4zd2fp_utPgu8kEzs68MyDG6_co-zi0fSGn0Ei0HiH3Vsq0NGP\
            A_lpx_PoDw6VMB1odZNuUU_FEw
            """,
            "signature is not valid"
        ),
        (
            "a key that is too short",
            """
            eyJhbGciOiJSUzI1NiIsImtpZCI6IndlYWsifQ.eyJpc3MiOiJodHRwczovL2kiLCJhdWQiOiJnIiwic3ViIjoidSI\
            sImV4cCI6MjAwMCwic2NvcGUiOiJ1c2UgcmVhZCJ9.roJk4NplVMc1bpiQjOLsL5tqUp-JhDvPpIMQAtBTaIXyF9Bl\
            6bkqqs3qrSOerMlhwCuOTTahQYRGKx0Sc0v-S_TCz70dN8VBiUbVRDdRsQOjlTvCJ0evj9Dbs8wUv7ph59yLnSG4J_\
            qAqn2Mnn9BwqM6glryoW2eXqUY5u4nQkE
            """,
            "none of the issuer's"
        ),
        (
            "a critical extension",
            """
            eyJhbGciOiJFZERTQSIsImtpZCI6Im8iLCJjcml0IjpbIngiXSwieCI6MX0.eyJpc3MiOiJodHRwczovL2kiLCJhdW\
            QiOiJnIiwic3ViIjoidSIsImV4cCI6MjAwMCwic2NvcGUiOiJ1c2UgcmVhZCJ9.j3EEOltlt7v4FvUbRyAryG5dOdk\
            x3KXskbaAH7RBcD7ehc82QpArmRsJauCT9ewzYBdD64In7cAMDtImd3VjDQ
            """,
            "no signed token"
        ),
        (
            "another issuer",
            """
            eyJhbGciOiJFZERTQSIsImtpZCI6Im8ifQ.eyJpc3MiOiJodHRwczovL2oiLCJhdWQiOiJnIiwic3ViIjoidSIsImV\
            4cCI6MjAwMCwic2NvcGUiOiJ1c2UgcmVhZCJ9.qhRGyn9Vp24YB-_UlOUDTt4ipX3imXaft3NDNtb19SjWoq5JAwX_\
            ijhVj-h8GIL4x6fox1nLZdbMWHzfUL6BDQ
            """,
            "another issuer"
        ),
        (
            "another audience",
            """
            eyJhbGciOiJFZERTQSIsImtpZCI6Im8ifQ.eyJpc3MiOiJodHRwczovL2kiLCJhdWQiOiJoIiwic3ViIjoidSIsImV\
            4cCI6MjAwMCwic2NvcGUiOiJ1c2UgcmVhZCJ9.wRJ0H2ZIG7439uXuDa54XuXFeHVaL0GHC2NhhabyxEbF2xvDAf_M\
            jXY17Ze91FHFCpx7B6JOMYPnyxKgzscPCw
            """,
            "another audience"
        ),
        (
            "no audience",
            """
            eyJhbGciOiJFZERTQSIsImtpZCI6Im8ifQ.eyJpc3MiOiJodHRwczovL2kiLCJzdWIiOiJ1IiwiZXhwIjoyMDAwLCJ\
            zY29wZSI6InVzZSByZWFkIn0.Re5YXcAcM0vkRJRPDmLOCiSnMj2_2vKJoBrsdC4e13vdC9buAbIskK_omlpFVGIiR\
            X8KOG_xZ9z5rwEMjeOPBg
            """,
            "another audience"
        ),
        (
            "expired",
            """
            eyJhbGciOiJFZERTQSIsImtpZCI6Im8ifQ.eyJpc3MiOiJodHRwczovL2kiLCJhdWQiOiJnIiwic3ViIjoidSIsImV\
            4cCI6OTg5LCJzY29wZSI6InVzZSByZWFkIn0.sG8XiBRuLSjhkVC9O5sdkBjQTgt8OTXvFIdwD3ACycRMBgNnhmnl6\
            PqpNM3vn8Aj_gp-3_SE5vTNf_nyk6h0CA
            """,
            "has expired"
        ),
        (
            "no expiry",
            """
            eyJhbGciOiJFZERTQSIsImtpZCI6Im8ifQ.eyJpc3MiOiJodHRwczovL2kiLCJhdWQiOiJnIiwic3ViIjoidSIsInN\
            jb3BlIjoidXNlIHJlYWQifQ.g1uzI7fny8NS7JMo3oH5LhSqz-CI1Y2GQD9b3_p79UlaXpaqhYBOAi6ydwfY3jGw4I\
            ZrNjfuLhSxmwB5nUiOAA
            """,
            "when it expires"
        ),
        (
            "an expiry that is a text",
            """
            eyJhbGciOiJFZERTQSIsImtpZCI6Im8ifQ.eyJpc3MiOiJodHRwczovL2kiLCJhdWQiOiJnIiwic3ViIjoidSIsImV\
            4cCI6Ijk5OTkiLCJzY29wZSI6InVzZSByZWFkIn0.vXEd4QkW3ttmatVWlGZ52dY8ju0S6JSp2KLqSZVIqQRw6yiBC\
            bW4I3m2KjTe9XiOCqKiOwAbCL09oEtFBghfDw
            """,
            "when it expires"
        ),
        (
            "not yet valid",
            """
            eyJhbGciOiJFZERTQSIsImtpZCI6Im8ifQ.eyJpc3MiOiJodHRwczovL2kiLCJhdWQiOiJnIiwic3ViIjoidSIsImV\
            4cCI6MjAwMCwic2NvcGUiOiJ1c2UgcmVhZCIsIm5iZiI6MTAxMX0.ld3PDwGJ5UfWzshaH2pfNEQBnxWHfOgH7KsYC\
            sY5kMNG6rEdo9Cavmn6xBjCgcHUPYKxkHOjFv8GYEjywSNVCg
            """,
            "not valid yet"
        ),
        (
            "no subject",
            """
            eyJhbGciOiJFZERTQSIsImtpZCI6Im8ifQ.eyJpc3MiOiJodHRwczovL2kiLCJhdWQiOiJnIiwiZXhwIjoyMDAwLCJ\
            zY29wZSI6InVzZSByZWFkIn0.TCG1UtqHLPQMWoM7Wx2KwXSuSrq5WaDZB0BSd4Kl-ex-Xvesw0X3Ia-UOuC8CSYbF\
            r6yVOcuFtufnguQ2k9fCw
            """,
            "no subject"
        ),
        (
            "no scope",
            """
            eyJhbGciOiJFZERTQSIsImtpZCI6Im8ifQ.eyJpc3MiOiJodHRwczovL2kiLCJhdWQiOiJnIiwic3ViIjoidSIsImV\
            4cCI6MjAwMCwic2NvcGUiOiJyZWFkIn0.6pYjR41C67U4o8Wof4okGWbUdorByyzTcjfJajaDT5VlUYrF7A79Bo3gG\
            p5j40xJOOr7fEpGSFCcEdI_dfbyBA
            """,
            "needs the scope use"
        ),
    ]
}
